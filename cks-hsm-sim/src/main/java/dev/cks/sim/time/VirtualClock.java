package dev.cks.sim.time;

import dev.cks.sim.internal.SuppressForbidden;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until somebody moves it. Due work runs one piece at a time, in the order
 * of its due instants and, at the same instant, in the order in which it was scheduled, on the
 * thread that moves the clock; that thread gets what the work throws, and what was not run yet
 * waits for the next move.
 *
 * <p>Thread-safe. A thread that moves the clock while another one runs due work waits for it, so
 * work must not wait for such a thread. Work that moves the clock itself only moves it: what
 * becomes due thereby runs after that work, never inside it, still within the outer move.
 */
public final class VirtualClock implements Timeline {
  /** Where time begins unless told otherwise: 2026-01-01T00:00:00Z. */
  public static final Instant START = Instant.ofEpochSecond(1_767_225_600); // parsing starts slowly

  private static final Duration TICK = Duration.ofMillis(1);

  /** Held while work runs; the owner may come in again. */
  private final ReentrantLock moving = new ReentrantLock();

  private final Object queueLock = new Object();
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long scheduled;

  private volatile Instant now;
  private Instant issued;

  /** Whether work runs; read and written by the owner of {@link #moving} only. */
  private boolean running;

  private long origin;

  /** What a clock that nobody moves would have shown at {@link #origin}; null: not following. */
  private volatile @Nullable Instant followed;

  private volatile BiConsumer<Instant, String> journal = (when, what) -> {};

  private record Event(Instant due, long sequence, String what, Runnable work)
      implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  /** A clock that shows {@link #START}. */
  public VirtualClock() {
    this(START);
  }

  /** A clock that shows {@code start}. */
  public VirtualClock(Instant start) {
    now = start;
    issued = start;
  }

  @Override
  public Instant now() {
    Instant base = followed;
    return base == null ? now : later(now, base.plusMillis((nanos() - origin) / 1_000_000));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Never returns the same instant twice.
   */
  @Override
  public Instant next() {
    moving.lock();
    try {
      do {
        moveTo(now().plus(TICK));
      } while (!issued.isBefore(now)); // due work asked for the time itself
      issued = now;
      return issued;
    } finally {
      moving.unlock();
    }
  }

  /**
   * Moves the clock on and runs what becomes due on the way.
   *
   * @throws IllegalArgumentException if {@code step} is negative
   */
  public void advance(Duration step) {
    if (step.isNegative()) {
      throw new IllegalArgumentException("time does not run backwards: " + step);
    }
    moving.lock();
    try {
      moveTo(now().plus(step));
      Instant base = followed;
      followed = base == null ? null : base.plus(step);
    } finally {
      moving.unlock();
    }
  }

  /** Moves the clock on to {@code instant}; an instant that has passed runs due work only. */
  public void advanceTo(Instant instant) {
    moving.lock();
    try {
      Duration step = Duration.between(now(), instant);
      advance(step.isNegative() ? Duration.ZERO : step);
    } finally {
      moving.unlock();
    }
  }

  @Override
  public void at(Instant due, String what, Runnable work) {
    synchronized (queueLock) {
      queue.add(new Event(due, scheduled++, what, work));
    }
  }

  /** How many pieces of work wait. */
  public int waiting() {
    synchronized (queueLock) {
      return queue.size();
    }
  }

  /**
   * From now on real time passes too, in whole milliseconds: {@link #now()} shows it, and the next
   * move of the clock runs what it made due. No thread is started. Cannot be taken back; calling it
   * twice changes nothing.
   */
  public void follow() {
    moving.lock();
    try {
      if (followed == null) {
        origin = nanos();
        followed = now;
      }
    } finally {
      moving.unlock();
    }
  }

  /** Tells {@code listener} the instant and the name of each piece of work just before it runs. */
  public void journal(BiConsumer<Instant, String> listener) {
    journal = listener;
  }

  private void moveTo(Instant target) {
    if (!running) {
      runDue(target);
    }
    now = later(now, target);
  }

  private void runDue(Instant target) {
    running = true;
    try {
      runInOrder(target);
    } finally {
      running = false;
    }
  }

  private void runInOrder(Instant target) {
    for (Event event = poll(target); event != null; event = poll(target)) {
      now = later(now, event.due());
      journal.accept(now, event.what());
      event.work().run();
    }
  }

  /** The first piece of work due at {@code target}, or later if work has moved the clock on. */
  private @Nullable Event poll(Instant target) {
    Instant until = later(now, target);
    synchronized (queueLock) {
      Event first = queue.peek();
      return first == null || first.due().isAfter(until) ? null : queue.poll();
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @SuppressForbidden("following real time is what follow() is for")
  private static long nanos() {
    return System.nanoTime();
  }
}
