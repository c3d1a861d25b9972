package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.encryption.s3.S3EncryptionClient;
import software.amazon.encryption.s3.S3EncryptionClientException;
import software.amazon.encryption.s3.materials.KmsKeyring;

/** The Amazon S3 Encryption Client under a key of a custom key store. */
final class S3EncryptionClientTest {
  private final Site site = Site.create();
  private final String key = site.customKey();
  private final MemoryS3 bucket = new MemoryS3();
  private final S3Client s3 =
      S3EncryptionClient.builderV4()
          .wrappedClient(new MemoryS3.Unused())
          .wrappedAsyncClient(bucket)
          .keyring(KmsKeyring.builder().kmsClient(site.generated()).wrappingKeyId(key).build())
          .build();

  @AfterEach
  void close() {
    s3.close();
    site.close();
  }

  @Test
  void object_putAndGotten_isTheSameAndS3SeesCiphertextOnly() {
    put("recipe");
    assertThat(site.seen.take()).containsExactly("GenerateDataKey");
    assertThat(bucket.stored("recipe").body().asString(StandardCharsets.ISO_8859_1))
        .doesNotContain("secret");

    assertThat(get("recipe")).isEqualTo("secret sauce");
    assertThat(site.seen.take()).containsExactly("Decrypt");
  }

  @Test
  void disconnected_neitherPutsNorGets_untilReconnected() {
    put("recipe");
    site.disconnect();

    assertThatExceptionOfType(S3EncryptionClientException.class)
        .isThrownBy(() -> get("recipe"))
        .withCauseInstanceOf(KmsInvalidStateException.class)
        .havingCause()
        .withMessageContaining(key + " is unavailable.");
    assertThatExceptionOfType(S3EncryptionClientException.class)
        .isThrownBy(() -> put("another"))
        .withCauseInstanceOf(KmsInvalidStateException.class)
        .withMessageContaining(key + " is unavailable.");
    assertThat(bucket.stored("another")).isNull();

    site.connect();
    assertThat(get("recipe")).isEqualTo("secret sauce");
  }

  @Test
  void lostMaterial_isBackWithTheRestoredCluster() {
    put("recipe");
    Restoring operator = new Restoring(site.aws);
    operator.loseMaterialAfterBackup(key);
    assertThatExceptionOfType(S3EncryptionClientException.class)
        .isThrownBy(() -> get("recipe"))
        .withCauseInstanceOf(KmsInvalidStateException.class);

    operator.reconnectTo(operator.clusterFromNewestBackup());

    assertThat(get("recipe")).isEqualTo("secret sauce");
  }

  private void put(String name) {
    s3.putObject(r -> r.bucket("recipes").key(name), RequestBody.fromString("secret sauce"));
  }

  private String get(String name) {
    return s3.getObjectAsBytes(r -> r.bucket("recipes").key(name)).asUtf8String();
  }
}
