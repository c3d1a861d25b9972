package dev.cks.aws.http;

import java.time.Duration;
import java.time.Instant;

/** A number of calls per second, saved up for at most one second. Thread-safe. */
final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final int perSecond;
  private double tokens;
  private Instant filled;

  TokenBucket(int perSecond, Instant now) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
    this.filled = now;
  }

  /** Takes a token if there is one. */
  synchronized boolean take(Instant now) {
    // a clock that is set back must not empty it
    if (now.isAfter(filled)) {
      double seconds = Duration.between(filled, now).toNanos() / NANOS_PER_SECOND;
      tokens = Math.min(perSecond, tokens + seconds * perSecond);
      filled = now;
    }
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
