package dev.cks.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.sim.ClusterBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreHasCmKsException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.OriginType;

/** A custom key store from its creation to its end, through each of the SDK's clients. */
final class KeyStoreLifeTest {
  private static final Map<String, String> CONTEXT = Map.of("purpose", "é\"\\\n漢");

  @ParameterizedTest
  @EnumSource(Door.class)
  void customKeyStore_fromCreationToDeletion_livesAsDocumented(Door door) {
    try (Site site = newSite();
        KmsClient kms = door.open(site)) {
      live(site, kms);
    }
  }

  @Test
  void customKeyStore_throughTheAccountsOwnClients_livesTheSameLife() {
    try (Site site = newSite()) {
      live(site, site.aws.kmsThroughSdk());
    }
    try (Site site = newSite()) {
      live(site, JoinedAsync.of(site.aws.kmsAsync()));
    }
  }

  private static Site newSite() {
    return Site.create(plan -> plan.withoutKeyStore());
  }

  private static void live(Site site, KmsClient kms) {
    String storeId = connectedStore(site, kms);
    List<String> keys = Stream.generate(() -> key(kms, storeId)).limit(3).toList();
    assertThat(kms.listKeysPaginator(r -> r.limit(1)).keys())
        .extracting(KeyListEntry::keyId)
        .containsExactlyInAnyOrderElementsOf(keys);
    SdkBytes ciphertext = useKey(kms, keys.get(0));
    outage(kms, storeId, keys.get(0));
    assertThat(open(kms, ciphertext)).isEqualTo("secret");
    end(site, kms, storeId, keys);
  }

  private static String connectedStore(Site site, KmsClient kms) {
    String storeId =
        kms.createCustomKeyStore(
                r ->
                    r.customKeyStoreName("orders")
                        .cloudHsmClusterId(site.aws.cluster().id())
                        .trustAnchorCertificate(site.aws.cluster().facts().trustAnchor())
                        .keyStorePassword(ClusterBuilder.KMSUSER_PASSWORD))
            .customKeyStoreId();
    assertThat(store(kms, storeId).connectionState()).isEqualTo(ConnectionStateType.DISCONNECTED);
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThat(store(kms, storeId).connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
    assertThat(store(kms, storeId).creationDate()).isBeforeOrEqualTo(site.aws.clock().now());
    return storeId;
  }

  private static SdkBytes useKey(KmsClient kms, String keyId) {
    kms.createAlias(r -> r.aliasName("alias/orders").targetKeyId(keyId));
    SdkBytes ciphertext =
        kms.encrypt(
                r ->
                    r.keyId("alias/orders")
                        .plaintext(Site.bytes("secret"))
                        .encryptionContext(CONTEXT))
            .ciphertextBlob();
    assertThat(open(kms, ciphertext)).isEqualTo("secret");
    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    GenerateDataKeyResponse dataKey =
        kms.generateDataKey(r -> r.keyId(keyId).keySpec(DataKeySpec.AES_256));
    assertThat(kms.decrypt(r -> r.ciphertextBlob(dataKey.ciphertextBlob())).plaintext())
        .isEqualTo(dataKey.plaintext());
    return ciphertext;
  }

  private static void outage(KmsClient kms, String storeId, String keyId) {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThat(state(kms, keyId)).isEqualTo(KeyState.UNAVAILABLE);
    assertThatExceptionOfType(KmsInvalidStateException.class)
        .isThrownBy(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(Site.bytes("x"))))
        .satisfies(
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("KMSInvalidStateException");
              assertThat(e.awsErrorDetails().errorMessage()).endsWith(" is unavailable.");
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.requestId()).isNotBlank();
              assertThat(e.numAttempts()).isEqualTo(1);
            });
    assertThatExceptionOfType(CustomKeyStoreInvalidStateException.class)
        .isThrownBy(() -> key(kms, storeId));
    kms.disableKey(r -> r.keyId(keyId));
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThat(state(kms, keyId)).isEqualTo(KeyState.DISABLED);
    kms.enableKey(r -> r.keyId(keyId));
  }

  private static void end(Site site, KmsClient kms, String storeId, List<String> keys) {
    keys.forEach(key -> kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7)));
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThatExceptionOfType(CustomKeyStoreHasCmKsException.class)
        .isThrownBy(() -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    site.aws.clock().advance(Duration.ofDays(8));
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> state(kms, keys.get(0)));
    kms.deleteCustomKeyStore(r -> r.customKeyStoreId(storeId));
    assertThatExceptionOfType(CustomKeyStoreNotFoundException.class)
        .isThrownBy(() -> store(kms, storeId));
  }

  private static String key(KmsClient kms, String storeId) {
    return kms.createKey(r -> r.customKeyStoreId(storeId).origin(OriginType.AWS_CLOUDHSM))
        .keyMetadata()
        .keyId();
  }

  private static KeyState state(KmsClient kms, String keyId) {
    return kms.describeKey(r -> r.keyId(keyId)).keyMetadata().keyState();
  }

  private static CustomKeyStoresListEntry store(KmsClient kms, String storeId) {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(storeId)).customKeyStores().get(0);
  }

  private static String open(KmsClient kms, SdkBytes ciphertext) {
    return kms.decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(CONTEXT))
        .plaintext()
        .asUtf8String();
  }
}
