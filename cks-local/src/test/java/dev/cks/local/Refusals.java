package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Asserts what a call was refused with. */
final class Refusals {
  /** Errors of every AWS service: the SDK has no class for them. */
  private static final Set<String> WITHOUT_A_CLASS =
      Set.of("ValidationException", "NotAuthorizedException", "UnknownOperationException");

  private Refusals() {}

  /** The exception of a call that must be refused with this error. */
  static KmsException refusal(String code, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("refusal with %s", code).isInstanceOf(KmsException.class);
    KmsException refusal = (KmsException) thrown;
    assertThat(refusal.awsErrorDetails().errorCode())
        .as("code of: %s", refusal.getMessage())
        .isEqualTo(code);
    assertThat(refusal.getClass().getSimpleName())
        .isEqualToIgnoringCase(WITHOUT_A_CLASS.contains(code) ? "KmsException" : code);
    return refusal;
  }

  /** Asserts the error; what follows is said of its message, as AWS sent it. */
  static AbstractStringAssert<?> assertRefused(String code, ThrowingCallable call) {
    return assertThat(refusal(code, call).awsErrorDetails().errorMessage());
  }
}
