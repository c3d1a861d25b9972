package dev.cks.sim.hsm;

import dev.cks.spi.HsmException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What an HSM returns to a request: more exact than a {@link Reason}, because people read it. The
 * codes of the two key errors are documented; the others are ours, in the same range.
 */
public enum HsmReturn {
  SUCCESS(0x00, "SUCCESS", null),
  WRONG_PASSWORD(0xa2, "Login failure: the password is wrong", Reason.AUTH_FAILED),
  LOCKED_OUT(0xa3, "The user is locked out after too many login failures", Reason.LOCKED_OUT),
  NO_SUCH_USER(0xa4, "User does not exist", Reason.USER_NOT_FOUND),
  ALREADY_LOGGED_IN(0xa5, "User is already logged in", Reason.ALREADY_LOGGED_IN),
  NOT_LOGGED_IN(0xa6, "Not logged in", Reason.NOT_LOGGED_IN),
  NO_SUCH_KEY(0xa8, "Invalid object handle is passed to this operation", Reason.KEY_NOT_FOUND),
  USER_EXISTS(0xb0, "User already exists", Reason.DENIED),
  INVALID_NAME(
      0xb1, "A user name has 1 to 31 alphanumeric characters and underscores", Reason.DENIED),
  INVALID_PASSWORD(0xb2, "A password has 7 to 32 alphanumeric characters", Reason.DENIED),
  USER_OWNS_KEYS(0xb3, "User owns keys", Reason.DENIED),
  TOO_MANY_USERS(0xb4, "No room for another user", Reason.CAPACITY),
  TOO_MANY_CONNECTIONS(0xb5, "No room for another connection", Reason.CAPACITY),
  TOO_MANY_KEYS(0xb6, "No room for another key", Reason.CAPACITY),
  NO_SUCH_ATTRIBUTE(0xb7, "The object has no such attribute", Reason.DENIED),
  NOT_PERMITTED(0xc5, "The user is not permitted to do this", Reason.DENIED),
  KEY_ACCESS_DENIED(0xc6, "Key Access is denied.", Reason.DENIED),
  UNREACHABLE(0xd0, "The HSM cannot be reached", Reason.UNREACHABLE),
  NO_ANSWER(0xd1, "The HSM did not answer, it may have done the work", Reason.OUTCOME_UNKNOWN),
  FAILED(0xd2, "The HSM failed", Reason.INTERNAL);

  private final int code;
  private final String text;
  private final @Nullable Reason reason;

  HsmReturn(int code, String text, @Nullable Reason reason) {
    this.code = code;
    this.text = text;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /** The words of the tools, without a secret. */
  public String text() {
    return text;
  }

  /** Null for {@link #SUCCESS}. */
  public @Nullable Reason reason() {
    return reason;
  }

  /** What stands for an answer that did not come from the HSM itself, or got lost. */
  public static HsmReturn of(@Nullable Reason reason) {
    if (reason == null) {
      return SUCCESS;
    }
    return switch (reason) {
      case UNREACHABLE -> UNREACHABLE;
      case OUTCOME_UNKNOWN -> NO_ANSWER;
      default -> FAILED;
    };
  }
}
