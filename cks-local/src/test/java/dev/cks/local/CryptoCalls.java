package dev.cks.local;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** Encrypt and Decrypt with a context, as the tests of cryptography call them. */
final class CryptoCalls {
  static final String INVALID_CIPHERTEXT = "InvalidCiphertextException";
  static final String INCORRECT_KEY =
      "The key ID in the request does not identify a CMK that can perform this operation.";
  static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

  private CryptoCalls() {}

  static SdkBytes encrypt(Account account, String key, Map<String, String> context) {
    return account
        .kms
        .encrypt(r -> r.keyId(key).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }

  static SdkBytes decrypt(Account account, SdkBytes blob, Map<String, String> context) {
    return account.kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(context)).plaintext();
  }
}
