package dev.cks.aws.doctor;

import java.time.Duration;
import java.time.Instant;

/** The wall clock. */
enum RealPacing implements Pacing {
  INSTANCE;

  @Override
  @SuppressForbidden("an operator's evidence has real dates")
  public Instant now() {
    return Instant.now();
  }

  @Override
  @SuppressForbidden("AWS takes its time in reality, and the caller's thread is who waits")
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
