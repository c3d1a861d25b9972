package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.encryptionsdk.AwsCrypto;
import com.amazonaws.encryptionsdk.kmssdkv2.KmsMasterKeyProvider;
import dev.cks.aws.inprocess.Takeover;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.encryption.s3.S3EncryptionClient;

/** Clients that build their own KMS client, with none of their code or settings changed. */
final class TakeOverTest {
  private final Site site = Site.create();
  private final String key = site.customKey();
  private final Takeover takeover = site.inProcess().takeOver();

  @AfterEach
  void close() {
    takeover.close();
    site.close();
  }

  @Test
  void encryptionSdk_withItsOwnClient_isTakenOver() {
    KmsMasterKeyProvider provider = KmsMasterKeyProvider.builder().buildStrict(key);
    AwsCrypto crypto = AwsCrypto.standard();
    byte[] sealed = crypto.encryptData(provider, new byte[] {1, 2, 3}).getResult();
    assertThat(crypto.decryptData(provider, sealed).getResult()).containsExactly(1, 2, 3);
    assertThat(site.seen.take()).containsExactly("GenerateDataKey", "Decrypt");
  }

  @Test
  void s3EncryptionClient_withItsOwnClient_isTakenOver() {
    try (S3Client s3 =
        S3EncryptionClient.builderV4()
            .wrappedClient(new MemoryS3.Unused())
            .wrappedAsyncClient(new MemoryS3())
            .kmsKeyId(key)
            .build()) {
      s3.putObject(r -> r.bucket("recipes").key("k"), RequestBody.fromString("secret sauce"));
      assertThat(s3.getObjectAsBytes(r -> r.bucket("recipes").key("k")).asUtf8String())
          .isEqualTo("secret sauce");
    }
    assertThat(site.seen.take()).containsExactly("GenerateDataKey", "Decrypt");
  }
}
