package dev.cks.aws.http;

import dev.cks.aws.wire.WireDispatcher;
import java.time.Duration;

/**
 * What the endpoint lets strangers use up. Times are enforced to about a tenth of a second.
 *
 * @param connections open at once; each has a thread
 * @param bodyBytes the longest body
 * @param idle how long a connection may wait for its next request
 * @param request how long a request may take to arrive, from its first byte to its last
 * @param response how long a client may take to accept an answer
 * @param grace how long requests may take to end when the endpoint closes
 */
record Limits(
    int connections,
    int bodyBytes,
    Duration idle,
    Duration request,
    Duration response,
    Duration grace) {
  /** Bytes of the request line and all headers. A session token needs a few thousand. */
  static final int HEAD_BYTES = 16 * 1024;

  /** Headers in one request. */
  static final int HEADERS = 100;

  static final Limits DEFAULT =
      new Limits(
          64,
          WireDispatcher.BODY_LIMIT,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  Limits {
    if (connections < 1 || bodyBytes < 0) {
      throw new IllegalArgumentException("at least one connection and no negative length");
    }
    for (Duration time : new Duration[] {idle, request, response}) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("a time-out must be positive: " + time);
      }
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace period is negative: " + grace);
    }
  }

  Limits withConnections(int most) {
    return new Limits(most, bodyBytes, idle, request, response, grace);
  }

  Limits withBodyBytes(int most) {
    return new Limits(connections, most, idle, request, response, grace);
  }

  Limits withTimeouts(Duration idleTime, Duration requestTime, Duration responseTime) {
    return new Limits(connections, bodyBytes, idleTime, requestTime, responseTime, grace);
  }

  Limits withGrace(Duration time) {
    return new Limits(connections, bodyBytes, idle, request, response, time);
  }
}
