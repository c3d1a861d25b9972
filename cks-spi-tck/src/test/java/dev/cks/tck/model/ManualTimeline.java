package dev.cks.tck.model;

import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that moves, and runs what is due, only when told; for one thread. */
final class ManualTimeline implements Timeline {
  private record Due(Instant at, long sequence, Runnable work) {}

  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long sequence;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void at(Instant due, String what, Runnable work) {
    queue.add(new Due(due, sequence++, work));
  }

  void advance(Duration time) {
    now = now.plus(time);
    while (!queue.isEmpty() && !queue.element().at().isAfter(now)) {
      queue.remove().work().run();
    }
  }
}
