package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidGrantTokenException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

class CryptoOperationsTest {
  private static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("four score and seven");
  private static final Map<String, String> CONTEXT = Map.of("purpose", "test", "stage", "one");

  private final World world = new World();
  private final CksKmsClient client = world.client;
  private String storeId = "";
  private String arn = "";

  @BeforeEach
  void createKey() {
    storeId = world.createConnectedStore();
    arn = world.createKeyIn(storeId).arn();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private EncryptResponse encrypt() {
    return client.encrypt(r -> r.keyId(arn).plaintext(PLAINTEXT).encryptionContext(CONTEXT));
  }

  @Test
  void whatIsEncryptedIsDecrypted() {
    EncryptResponse encrypted = encrypt();
    assertThat(encrypted.keyId()).isEqualTo(arn);
    assertThat(encrypted.encryptionAlgorithm())
        .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
    DecryptResponse decrypted =
        client.decrypt(
            r -> r.ciphertextBlob(encrypted.ciphertextBlob()).encryptionContext(CONTEXT));
    assertThat(decrypted.plaintext()).isEqualTo(PLAINTEXT);
    assertThat(decrypted.keyId()).isEqualTo(arn);
    assertThat(decrypted.encryptionAlgorithm())
        .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
    assertThat(decrypted.keyMaterialId()).isNull();
    assertThat(decrypted.ciphertextForRecipient()).isNull();
    assertThat(decrypted.responseMetadata().requestId()).hasSize(36);
  }

  @Test
  void anotherContextDoesNotDecryptAndSaysNothingMore() {
    SdkBytes blob = encrypt().ciphertextBlob();
    assertThatThrownBy(() -> client.decrypt(r -> r.ciphertextBlob(blob)))
        .isInstanceOfSatisfying(
            InvalidCiphertextException.class,
            e -> assertThat(e.awsErrorDetails().errorMessage()).isNull());
  }

  @Test
  void reEncryptMovesBetweenKeys() {
    String other = client.createKey().keyMetadata().arn();
    ReEncryptResponse moved =
        client.reEncrypt(
            r ->
                r.ciphertextBlob(encrypt().ciphertextBlob())
                    .sourceEncryptionContext(CONTEXT)
                    .destinationKeyId(other)
                    .destinationEncryptionContext(Map.of("stage", "two")));
    assertThat(moved.sourceKeyId()).isEqualTo(arn);
    assertThat(moved.keyId()).isEqualTo(other);
    assertThat(
            client
                .decrypt(
                    r ->
                        r.ciphertextBlob(moved.ciphertextBlob())
                            .encryptionContext(Map.of("stage", "two")))
                .plaintext())
        .isEqualTo(PLAINTEXT);
  }

  @Test
  void dataKeysHaveTheLengthThatWasAskedFor() {
    assertThat(dataKey(DataKeySpec.AES_256).plaintext().asByteArray()).hasSize(32);
    assertThat(dataKey(DataKeySpec.AES_128).plaintext().asByteArray()).hasSize(16);
    GenerateDataKeyResponse key = client.generateDataKey(r -> r.keyId(arn).numberOfBytes(7));
    assertThat(key.plaintext().asByteArray()).hasSize(7);
    assertThat(key.keyId()).isEqualTo(arn);
    assertThat(client.decrypt(r -> r.ciphertextBlob(key.ciphertextBlob())).plaintext())
        .isEqualTo(key.plaintext());
    assertThat(
            client
                .generateDataKeyWithoutPlaintext(r -> r.keyId(arn).keySpec(DataKeySpec.AES_256))
                .ciphertextBlob())
        .isNotNull();
  }

  private GenerateDataKeyResponse dataKey(DataKeySpec spec) {
    return client.generateDataKey(r -> r.keyId(arn).keySpec(spec));
  }

  @Test
  void aDataKeyNeedsExactlyOneLength() {
    String message = "Please specify either number of bytes or key spec.";
    assertThatThrownBy(() -> client.generateDataKey(r -> r.keyId(arn)))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(
            () ->
                client.generateDataKeyWithoutPlaintext(
                    r -> r.keyId(arn).keySpec(DataKeySpec.AES_128).numberOfBytes(16)))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void randomBytesComeFromTheClusterThatWasNamed() {
    assertThat(
            client
                .generateRandom(r -> r.numberOfBytes(3).customKeyStoreId(storeId))
                .plaintext()
                .asByteArray())
        .containsExactly(4, 4, 4);
    assertThat(client.generateRandom(r -> r.numberOfBytes(1024)).plaintext().asByteArray())
        .hasSize(1024);
    assertThatThrownBy(() -> client.generateRandom())
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith("NumberOfBytes is required.");
  }

  @Test
  void aDryRunAnswersWhatWouldHaveHappened() {
    assertThatThrownBy(() -> client.encrypt(r -> r.keyId(arn).plaintext(PLAINTEXT).dryRun(true)))
        .isInstanceOf(DryRunOperationException.class)
        .hasMessageStartingWith(
            "The request would have succeeded, but the DryRun option is set. (Service: Kms,");
  }

  @Test
  void aGrantTokenThatLeadsNowhereIsRefused() {
    assertThatThrownBy(
            () -> client.encrypt(r -> r.keyId(arn).plaintext(PLAINTEXT).grantTokens("any")))
        .isInstanceOf(InvalidGrantTokenException.class);
  }

  @Test
  void whatIsNotHonouredIsRefusedByName() {
    assertThatThrownBy(
            () -> client.generateRandom(r -> r.numberOfBytes(1).recipient(document -> {})))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("Recipient");
  }

  @Test
  void decryptNeedsACiphertext() {
    assertThatThrownBy(() -> client.decrypt(r -> r.keyId(arn)))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith("1 validation error detected: Value null at 'ciphertextBlob'");
  }

  @Test
  void aDisconnectedStoreIsTheRealException() {
    client.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThatThrownBy(this::encrypt)
        .isInstanceOfSatisfying(
            KmsInvalidStateException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KMSInvalidStateException");
            });
  }
}
