package dev.cks.bench;

import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/** An account with a key, and the one call that the fronts are measured with. */
final class FrontsWorld implements AutoCloseable {
  /** The length of an answer's blob, near enough. */
  static final int BLOB_LENGTH = 128;

  private static final byte[] PLAINTEXT = new byte[32];

  private static final Map<String, String> CONTEXT = Map.of("purpose", "benchmark");

  private final SimulatedAws aws = SimulatedAws.create();
  // not through the SDK, of which nothing may be warm when its first call is measured
  private final String keyArn = createKey();

  private String createKey() {
    KeyRequests.Create request =
        new KeyRequests.Create(
            null, null, null, "AWS_CLOUDHSM", aws.keyStoreId(), null, false, null, List.of());
    return aws.core().keys().create(request, aws.core().rootCaller()).key().arn();
  }

  SimulatedAws aws() {
    return aws;
  }

  String keyArn() {
    return keyArn;
  }

  /** Encrypt with 32 bytes and one context pair. */
  static EncryptResponse encrypt(KmsClient kms, String keyArn) {
    return kms.encrypt(
        EncryptRequest.builder()
            .keyId(keyArn)
            .plaintext(SdkBytes.fromByteArray(PLAINTEXT))
            .encryptionContext(CONTEXT)
            .build());
  }

  /** What that call sends. */
  static byte[] encryptBody(String keyArn) {
    return utf8(
        "{\"KeyId\":\""
            + keyArn
            + "\",\"Plaintext\":\""
            + Base64.getEncoder().encodeToString(PLAINTEXT)
            + "\",\"EncryptionContext\":{\"purpose\":\"benchmark\"}}");
  }

  /** An answer to it, as long as a real one. */
  static byte[] encryptAnswer(String keyArn, byte[] ciphertext) {
    return utf8(
        "{\"CiphertextBlob\":\""
            + Base64.getEncoder().encodeToString(ciphertext)
            + "\",\"KeyId\":\""
            + keyArn
            + "\",\"EncryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"}");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    aws.close();
  }
}
