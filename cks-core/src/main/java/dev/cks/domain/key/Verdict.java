package dev.cks.domain.key;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import org.jspecify.annotations.Nullable;

/**
 * What {@link KeyStateTable} says of an operation on a key: permitted, or which refusal. Each
 * refusal has its AWS error and its wording here and nowhere else; the numbers are the footnotes of
 * the published table (spec C.3).
 */
public enum Verdict {
  /** Nothing in the key's state speaks against it. */
  PERMITTED(null, ""),
  /** Footnote 1. */
  IS_DISABLED(KmsErrorCode.DISABLED, " is disabled."),
  /** Footnotes 2 and 3; of the two documented answers this is the one usually seen. */
  IS_PENDING_DELETION(KmsErrorCode.KMS_INVALID_STATE, " is pending deletion."),
  /** Footnotes 4 and 13. */
  IS_NOT_PENDING_DELETION(KmsErrorCode.KMS_INVALID_STATE, " is not pending deletion."),
  /** Footnote 11. */
  IS_UNAVAILABLE(KmsErrorCode.KMS_INVALID_STATE, " is unavailable."),
  /** Footnotes 7 and 9: not with key material of this origin. */
  WRONG_ORIGIN(
      KmsErrorCode.UNSUPPORTED_OPERATION, " origin is %s which is not valid for this operation.");

  private final @Nullable KmsErrorCode code;
  private final String wording;

  Verdict(@Nullable KmsErrorCode code, String wording) {
    this.code = code;
    this.wording = wording;
  }

  /** The AWS error of a refusal; null when permitted. */
  public @Nullable KmsErrorCode code() {
    return code;
  }

  /**
   * The exception of a refusal.
   *
   * @throws IllegalStateException if there is nothing to refuse
   */
  public KmsException refusal(KmsKey key) {
    if (code == null) {
      throw new IllegalStateException("a permitted operation has no refusal");
    }
    return new KmsException(code, key.arn() + wording.replace("%s", key.home().origin()));
  }
}
