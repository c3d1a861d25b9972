package dev.cks.aws.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that goes wrong between a client and a service: see {@link FrontFaults}. */
public sealed interface FrontFault {

  /** Status 400, {@code ThrottlingException}: the request is not carried out. */
  static FrontFault throttled() {
    return new Refused(400, "ThrottlingException", RequestRates.EXCEEDED);
  }

  /** Status 500, {@code InternalFailure}: the request is not carried out. */
  static FrontFault internalFailure() {
    return new Refused(500, "InternalFailure", null);
  }

  /** Status 503, {@code ServiceUnavailable}: the request is not carried out. */
  static FrontFault unavailable() {
    return new Refused(503, "ServiceUnavailable", "Service is unavailable. Please try again.");
  }

  /** The connection breaks before the service sees the request. */
  static FrontFault requestLost() {
    return new Lost(false);
  }

  /** The connection breaks after the service has carried the request out. */
  static FrontFault answerLost() {
    return new Lost(true);
  }

  /**
   * The request arrives late: its thread waits in real time, then the request is carried out. The
   * account's own clock does not notice.
   *
   * @throws IllegalArgumentException if the time is negative
   */
  static FrontFault delayed(Duration time) {
    return new Delayed(time);
  }

  /** An error instead of an answer. */
  record Refused(int status, String code, @Nullable String message) implements FrontFault {}

  /**
   * No answer.
   *
   * @param carriedOut whether the service has done what was asked
   */
  record Lost(boolean carriedOut) implements FrontFault {}

  /** An answer, later. */
  record Delayed(Duration time) implements FrontFault {
    /** Checks. */
    public Delayed {
      if (time.isNegative()) {
        throw new IllegalArgumentException("negative: " + time);
      }
    }
  }
}
