package dev.cks.sim;

import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmException;
import org.jspecify.annotations.Nullable;

/** The refusals of the CloudHSM service. */
final class Refusal {
  private Refusal() {}

  static CloudHsmException invalid(String message) {
    return new CloudHsmException(CloudHsmErrorCode.INVALID_REQUEST, message);
  }

  static CloudHsmException notFound(String what) {
    return new CloudHsmException(
        CloudHsmErrorCode.RESOURCE_NOT_FOUND, "The resource " + what + " does not exist.");
  }

  static CloudHsmException tag(String message) {
    return new CloudHsmException(CloudHsmErrorCode.TAG, message);
  }

  /** A parameter that must be there. */
  static <T> T required(@Nullable T value, String parameter) {
    if (value == null) {
      throw invalid("The parameter " + parameter + " is required.");
    }
    return value;
  }
}
