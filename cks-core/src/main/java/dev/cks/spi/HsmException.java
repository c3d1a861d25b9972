package dev.cks.spi;

import org.jspecify.annotations.Nullable;

/**
 * A failure on the HSM side. The set of reasons is closed; each says whether trying again can help
 * and whether the work may have been done all the same. A message never carries a secret.
 */
public final class HsmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it failed, in PKCS#11's and CloudHSM's words. */
  public enum Reason {
    /** {@code CKR_PIN_INCORRECT} */
    AUTH_FAILED(false, false),
    /** {@code CKR_PIN_LOCKED} */
    LOCKED_OUT(false, false),
    /** No such user, on one HSM at least. */
    USER_NOT_FOUND(false, false),
    /** {@code CKR_USER_ALREADY_LOGGED_IN} */
    ALREADY_LOGGED_IN(false, false),
    /** {@code CKR_USER_NOT_LOGGED_IN} */
    NOT_LOGGED_IN(false, false),
    /** {@code CKR_KEY_HANDLE_INVALID}: every active HSM said so. */
    KEY_NOT_FOUND(false, false),
    /** The key is on fewer HSMs than creation asks for. */
    BELOW_QUORUM(true, false),
    /** {@code CKR_ENCRYPTED_DATA_INVALID} */
    CIPHERTEXT_INVALID(false, false),
    /** The cluster has no active HSM. */
    NO_ACTIVE_HSM(true, false),
    /** A subnet of the cluster's configuration was deleted. */
    SUBNET_NOT_FOUND(false, false),
    /** A subnet has no free address. */
    NO_FREE_ADDRESS(true, false),
    /** {@code CKR_DEVICE_REMOVED}: the request was not sent. */
    UNREACHABLE(true, false),
    /** {@code CKR_SESSION_COUNT} or the key store of the HSM is full. */
    CAPACITY(true, false),
    /** {@code CKR_FUNCTION_REJECTED}: not with this user's rights. */
    DENIED(false, false),
    /** The request was sent and no answer came. */
    OUTCOME_UNKNOWN(true, true),
    /** {@code CKR_FUNCTION_FAILED} */
    INTERNAL(true, true);

    private final boolean retryable;
    private final boolean mayHaveHappened;

    Reason(boolean retryable, boolean mayHaveHappened) {
      this.retryable = retryable;
      this.mayHaveHappened = mayHaveHappened;
    }

    /** Whether the same call can succeed later without anybody repairing anything by hand. */
    public boolean retryable() {
      return retryable;
    }

    /** Whether the work may have been done although the call failed. */
    public boolean mayHaveHappened() {
      return mayHaveHappened;
    }
  }

  private final Reason reason;

  /** A failure; the message is for logs and people, and carries no secret. */
  public HsmException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure that something else led to, whose message must carry no secret either. */
  public HsmException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why it failed. */
  public Reason reason() {
    return reason;
  }
}
