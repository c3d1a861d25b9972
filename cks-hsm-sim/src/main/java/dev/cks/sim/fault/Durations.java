package dev.cks.sim.fault;

import java.time.Duration;

/** Durations as scripts write them: {@code 30 s} or {@code 1500 ms}. */
final class Durations {
  private Durations() {}

  static void require(Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException("not a positive number of milliseconds: " + duration);
    }
  }

  static String text(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  static Duration parse(String number, String unit) {
    long count = Long.parseLong(number);
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "ms" -> Duration.ofMillis(count);
      default -> throw new IllegalArgumentException("not a unit of time: " + unit);
    };
  }
}
