package dev.cks.service;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pieces of work one at a time and in the order in which they came, without a thread of its
 * own and without making anybody wait: who comes while another piece runs leaves its own to that
 * thread.
 */
final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  void run(Runnable work) {
    waiting.add(work);
    if (count.getAndIncrement() == 0) {
      do {
        runNext();
      } while (count.decrementAndGet() > 0);
    }
  }

  /** A failure concerns neither whose work comes next nor whose thread this is. */
  private void runNext() {
    try {
      waiting.remove().run();
    } catch (RuntimeException bug) {
      LOG.error("an attempt to connect failed for a reason that is a bug", bug);
    }
  }
}
