package dev.cks.testkit.assertions;

import dev.cks.domain.key.KeyState;
import dev.cks.testkit.TestKey;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** What DescribeKey, Encrypt and Decrypt say of a key, on AWS as well. */
public final class KeyAssert extends AbstractAssert<KeyAssert, TestKey> {
  private static final SdkBytes PROBE = SdkBytes.fromUtf8String("probe");

  KeyAssert(TestKey actual) {
    super(actual, KeyAssert.class);
  }

  /** It can be used. */
  public KeyAssert isEnabled() {
    return isIn(KeyState.ENABLED);
  }

  /** Somebody disabled it. */
  public KeyAssert isDisabled() {
    return isIn(KeyState.DISABLED);
  }

  /** It waits for its deletion. */
  public KeyAssert isPendingDeletion() {
    return isIn(KeyState.PENDING_DELETION);
  }

  /** Its key store is not connected, or its material is gone. */
  public KeyAssert isUnavailable() {
    return isIn(KeyState.UNAVAILABLE);
  }

  /** DescribeKey shows this state. */
  public KeyAssert isIn(KeyState state) {
    isNotNull();
    String shown = actual.describe().keyStateAsString();
    if (!state.wireName().equals(shown)) {
      failWithMessage(
          "Expecting key %s to be %s, but it is %s", actual.arn(), state.wireName(), shown);
    }
    return this;
  }

  /** KMS does not know it any more. */
  public KeyAssert isDeleted() {
    isNotNull();
    try {
      String shown = actual.describe().keyStateAsString();
      failWithMessage("Expecting key %s to be deleted, but it is %s", actual.arn(), shown);
    } catch (NotFoundException gone) {
      return this;
    }
    return this;
  }

  /** Encrypting with it works, and decrypting what came of it. */
  public KeyAssert encrypts() {
    isNotNull();
    KmsException refusal = refusal(this::encryptProbe);
    if (refusal != null) {
      failWithMessage(
          "Expecting key %s to encrypt, but it answers %s", actual.arn(), text(refusal));
    }
    return this;
  }

  private void encryptProbe() {
    SdkBytes ciphertext =
        actual.kms().encrypt(r -> r.keyId(actual.arn()).plaintext(PROBE)).ciphertextBlob();
    SdkBytes plaintext =
        actual.kms().decrypt(r -> r.keyId(actual.arn()).ciphertextBlob(ciphertext)).plaintext();
    if (!PROBE.equals(plaintext)) {
      failWithMessage("Expecting key %s to decrypt what it encrypted", actual.arn());
    }
  }

  /** Encrypting with it is refused. */
  public KeyAssert doesNotEncrypt() {
    isNotNull();
    if (refusal(this::encryptProbe) == null) {
      failWithMessage("Expecting key %s not to encrypt, but it does", actual.arn());
    }
    return this;
  }

  /** Encrypting with it is refused with this error, for example {@code DisabledException}. */
  public KeyAssert refusesToEncryptWith(String errorCode) {
    isNotNull();
    KmsException refusal = refusal(this::encryptProbe);
    if (refusal == null) {
      failWithMessage(
          "Expecting key %s to refuse with %s, but it encrypts", actual.arn(), errorCode);
    } else if (!errorCode.equals(code(refusal))) {
      failWithMessage(
          "Expecting key %s to refuse with %s, but it answers %s",
          actual.arn(), errorCode, text(refusal));
    }
    return this;
  }

  /** It decrypts this, which was encrypted without an encryption context. */
  public KeyAssert decrypts(SdkBytes ciphertext) {
    isNotNull();
    KmsException refusal =
        refusal(() -> actual.kms().decrypt(r -> r.keyId(actual.arn()).ciphertextBlob(ciphertext)));
    if (refusal != null) {
      failWithMessage(
          "Expecting key %s to decrypt it, but it answers %s", actual.arn(), text(refusal));
    }
    return this;
  }

  private static @Nullable KmsException refusal(Runnable use) {
    try {
      use.run();
      return null;
    } catch (KmsException refusal) {
      return refusal;
    }
  }

  private static String code(KmsException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null ? refusal.getClass().getSimpleName() : details.errorCode();
  }

  private static String text(KmsException refusal) {
    return code(refusal) + ": " + refusal.getMessage();
  }
}
