package dev.cks.aws.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import org.jspecify.annotations.Nullable;

/** Refusals that concern a request as a whole rather than one member's shape. */
final class Requests {
  private Requests() {}

  static KmsException invalid(String message) {
    return new KmsException(KmsErrorCode.VALIDATION, message);
  }

  /** The refusal of a request without a member that it needs although the model does not say so. */
  static KmsException missing(String member) {
    Violations missing = new Violations();
    missing.missing(member);
    return invalid(missing.message());
  }

  static KmsException unsupported(String message) {
    return new KmsException(KmsErrorCode.UNSUPPORTED_OPERATION, message);
  }

  /** Refuses a parameter that cks does not honour; ignoring it would be worse. */
  static void refuseUnsupported(String parameter, @Nullable Object value) {
    if (value != null) {
      throw unsupported("cks does not support the parameter " + parameter + " yet.");
    }
  }

  /** The SDK leaves a flag that was not given null. */
  static boolean isSet(@Nullable Boolean flag) {
    return flag != null && flag;
  }
}
