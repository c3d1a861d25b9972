package dev.cks.memory;

import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Real time. Due work runs on the executor that the host gave, or on one daemon thread that starts
 * with the first piece of work and ends with {@link #close()}.
 */
@SuppressForbidden
public final class SystemTimeline implements Timeline, AutoCloseable {
  private final @Nullable ScheduledExecutorService given;
  private @Nullable ScheduledExecutorService own;

  /** Real time, with the host's executor or one of its own. */
  public SystemTimeline(@Nullable ScheduledExecutorService executor) {
    this.given = executor;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void at(Instant due, String what, Runnable work) {
    long delayMillis = Math.max(0, Duration.between(now(), due).toMillis());
    var unused = executor().schedule(work, delayMillis, TimeUnit.MILLISECONDS);
  }

  private synchronized ScheduledExecutorService executor() {
    if (given != null) {
      return given;
    }
    ScheduledExecutorService executor = own;
    if (executor == null) {
      executor = Executors.newSingleThreadScheduledExecutor(SystemTimeline::daemon);
      own = executor;
    }
    return executor;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "cks-timeline");
    thread.setDaemon(true);
    return thread;
  }

  /** Stops the own thread; the host's executor is the host's. */
  @Override
  public synchronized void close() {
    if (own != null) {
      own.shutdownNow();
    }
  }
}
