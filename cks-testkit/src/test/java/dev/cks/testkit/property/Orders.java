package dev.cks.testkit.property;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The code of a user of the kit: seals orders under a key in a custom key store. */
final class Orders {
  private final KmsClient kms;
  private final String keyId;

  Orders(KmsClient kms, String keyId) {
    this.kms = kms;
    this.keyId = keyId;
  }

  /** Empty if KMS refused it {@code tries} times. */
  Optional<byte[]> seal(String order, int tries) {
    SdkBytes plaintext = SdkBytes.fromString(order, StandardCharsets.UTF_8);
    for (int i = 0; i < tries; i++) {
      try {
        return Optional.of(
            kms.encrypt(r -> r.keyId(keyId).plaintext(plaintext)).ciphertextBlob().asByteArray());
      } catch (KmsException unavailable) {
        // again
      }
    }
    return Optional.empty();
  }
}
