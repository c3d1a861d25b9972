package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;

/** What KMS answers to operations that a symmetric, single-Region key does not support (D.15). */
final class UnsupportedUse {
  private UnsupportedUse() {}

  /** Whether the operation takes aliases for a key (spec D.1). */
  static boolean takesAliases(KeyOperation operation) {
    return switch (operation) {
      case DECRYPT,
          DERIVE_SHARED_SECRET,
          DESCRIBE_KEY,
          ENCRYPT,
          GENERATE_DATA_KEY,
          GENERATE_DATA_KEY_PAIR,
          GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT,
          GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
          GENERATE_MAC,
          GET_PUBLIC_KEY,
          RE_ENCRYPT,
          SIGN,
          VERIFY,
          VERIFY_MAC ->
          true;
      default -> false;
    };
  }

  /** The refusal, once the key's state did not refuse already. */
  static KmsException of(KeyOperation operation, KmsKey key) {
    return switch (operation) {
      case SIGN, VERIFY, GENERATE_MAC, VERIFY_MAC, DERIVE_SHARED_SECRET ->
          new KmsException(
              KmsErrorCode.INVALID_KEY_USAGE,
              key.arn()
                  + " key usage is ENCRYPT_DECRYPT which is not valid for "
                  + operation.wireName()
                  + ".");
      case REPLICATE_KEY, UPDATE_PRIMARY_REGION ->
          unsupported(key.arn() + " is not a multi-region primary key.");
      case GET_PUBLIC_KEY -> unsupported(key.arn() + " is not an asymmetric KMS key.");
      case GENERATE_DATA_KEY_PAIR, GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT -> pair(operation, key);
      default ->
          unsupported(operation.wireName() + " of standard keys is not supported by cks yet.");
    };
  }

  private static KmsException pair(KeyOperation operation, KmsKey key) {
    return key.home() instanceof KeyHome.Custom
        ? unsupported(
            key.arn() + " is in a custom key store, whose keys cannot wrap data key pairs.")
        : unsupported(operation.wireName() + " is not supported by cks yet.");
  }

  private static KmsException unsupported(String message) {
    return new KmsException(KmsErrorCode.UNSUPPORTED_OPERATION, message);
  }
}
