package dev.cks.aws.service;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;

/**
 * Encrypt and Decrypt requests of the usual kind, whose shape is found to be right without going
 * over all members: a fifth of such a call. The limits are the table's. What is not of that kind,
 * or breaks a limit, is left to the full check, which has the last word.
 */
final class PlainRequests {
  private static final Limits ENCRYPT_KEY = limits("Encrypt", "KeyId");
  private static final Limits ENCRYPT_PLAINTEXT = limits("Encrypt", "Plaintext");
  private static final Limits DECRYPT_KEY = limits("Decrypt", "KeyId");
  private static final Limits DECRYPT_CIPHERTEXT = limits("Decrypt", "CiphertextBlob");

  private PlainRequests() {}

  /** Lengths; of text in UTF-16 units, so that it is never longer for people. */
  private record Limits(int min, int max) {
    boolean admit(int length) {
      return length >= min && length <= max;
    }
  }

  private static Limits limits(String operation, String member) {
    ConstraintTable.Row row =
        Objects.requireNonNull(Constraints.SHAPES.tableFor(operation).rows().get(member), member);
    return new Limits(row.min(), row.max());
  }

  /** Whether the request is one of them, and right. */
  static boolean contain(SdkPojo request) {
    if (request instanceof EncryptRequest encrypt) {
      return isPlain(encrypt);
    }
    return request instanceof DecryptRequest decrypt && isPlain(decrypt);
  }

  private static boolean isPlain(EncryptRequest request) {
    String keyId = request.keyId();
    return keyId != null
        && isText(keyId, ENCRYPT_KEY)
        && isWithin(request.plaintext(), ENCRYPT_PLAINTEXT)
        && isUsual(
            request.encryptionAlgorithmAsString(),
            request.grantTokens(),
            request.encryptionContext());
  }

  private static boolean isPlain(DecryptRequest request) {
    String keyId = request.keyId();
    return (keyId == null || isText(keyId, DECRYPT_KEY))
        && isWithin(request.ciphertextBlob(), DECRYPT_CIPHERTEXT)
        && request.recipient() == null
        && request.dryRunModifiersAsStrings().isEmpty()
        && isUsual(
            request.encryptionAlgorithmAsString(),
            request.grantTokens(),
            request.encryptionContext());
  }

  /** At least half of its units are characters. */
  private static boolean isText(String text, Limits limits) {
    return text.length() / 2 >= limits.min() && text.length() <= limits.max();
  }

  private static boolean isWithin(@Nullable SdkBytes bytes, Limits limits) {
    return bytes != null && limits.admit(bytes.asByteArrayUnsafe().length);
  }

  private static boolean isUsual(
      @Nullable String algorithm, List<String> grantTokens, Map<String, String> context) {
    return algorithm == null
        && grantTokens.isEmpty()
        && !context.containsKey(null)
        && !context.containsValue(null);
  }
}
