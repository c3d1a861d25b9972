package dev.cks.aws.http;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock. Signatures and the {@code Date} header need it: a client that is told a simulated
 * time would sign with it from then on.
 */
final class RealTime {
  private RealTime() {}

  @SuppressForbidden("clients sign with real time")
  static Instant now() {
    return Instant.now();
  }

  @SuppressForbidden("time-outs of connections are real")
  static long nanos() {
    return System.nanoTime();
  }

  /**
   * Waits.
   *
   * @throws InterruptedException if the endpoint closes meanwhile
   */
  @SuppressForbidden("latency on the way to the service is real; only the endpoint's threads wait")
  static void pass(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
