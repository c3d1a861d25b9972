package dev.cks.aws.doctor;

import java.time.Duration;

/** Waits for what a call set going. */
final class Polling {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  /** Connecting takes up to 20 minutes, an HSM or a cluster about ten. */
  private static final Duration PATIENCE = Duration.ofMinutes(45);

  /** Whether it is over. */
  interface Look {
    boolean isOver() throws Surprise;
  }

  private Polling() {}

  /** Looks again and again until it is over, or it cannot be normal any more. */
  static void until(Scene scene, String what, Look look) throws Surprise {
    Duration waited = Duration.ZERO;
    while (!look.isOver()) {
      if (waited.compareTo(PATIENCE) >= 0) {
        throw new Surprise(what + " is not over after " + PATIENCE.toMinutes() + " minutes");
      }
      scene.calls().pause(INTERVAL);
      waited = waited.plus(INTERVAL);
    }
  }
}
