package dev.cks.domain.error;

import org.jspecify.annotations.Nullable;

/**
 * The one exception a caller of the services sees: an AWS error code and AWS's message. A message
 * never carries plaintext, key material or a password; some AWS errors have no message at all. What
 * only a bug can cause is an unchecked exception of the JDK's, not this one.
 */
public final class KmsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final KmsErrorCode code;

  /** An AWS error; {@code message} is null for the errors that AWS sends without one. */
  public KmsException(KmsErrorCode code, @Nullable String message) {
    super(message);
    this.code = code;
  }

  /** An AWS error with what led to it, for the log. */
  public KmsException(KmsErrorCode code, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The AWS error this is. */
  public KmsErrorCode code() {
    return code;
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString") // the message is AWS's own, and may be null
  public String toString() {
    return getMessage() == null ? code.wireName() : code.wireName() + ": " + getMessage();
  }
}
