package dev.cks.aws.doctor;

import java.time.Duration;
import java.time.Instant;

/**
 * The doctor's clock: it keeps CloudTrail's limit of two requests a second, waits between two looks
 * at something that takes its time, and dates the evidence. By default it is the real one; a test
 * gives one that moves a virtual clock.
 */
public interface Pacing {
  /** What time it is. */
  Instant now();

  /**
   * Lets so much time pass.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void pause(Duration time) throws InterruptedException;

  /** The wall clock; waits by sleeping. */
  static Pacing realTime() {
    return RealPacing.INSTANCE;
  }
}
