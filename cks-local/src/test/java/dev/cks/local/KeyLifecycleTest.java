package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** The metadata and states of a key, and calls on one that was deleted (spec A.5, C, J.1). */
class KeyLifecycleTest {
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}";

  private static void scheduleDeletion(Account account, String key) {
    account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
  }

  private static void disable(Account account, String key) {
    account.kms.disableKey(r -> r.keyId(key));
  }

  private static void enable(Account account, String key) {
    account.kms.enableKey(r -> r.keyId(key));
  }

  @Nested
  class Metadata {
    @Test
    void describe_ofCustomKey_showsWhatAwsShows() {
      try (Account account = Account.connected()) {
        KeyMetadata key =
            account
                .kms
                .createKey(
                    r ->
                        r.customKeyStoreId(account.store)
                            .origin(OriginType.AWS_CLOUDHSM)
                            .description("orders"))
                .keyMetadata();

        assertThat(account.key(key.keyId())).isEqualTo(key);
        assertCommon(key);
        assertThat(key.description()).isEqualTo("orders");
        assertThat(key.origin()).isEqualTo(OriginType.AWS_CLOUDHSM);
        assertThat(key.customKeyStoreId()).isEqualTo(account.store);
        assertThat(key.cloudHsmClusterId()).isEqualTo(account.cluster.id());
        assertThat(key.creationDate()).isEqualTo(account.aws.clock().now().minusMillis(1));
      }
    }

    @Test
    void describe_ofStandardKey_showsWhatAwsShows() {
      try (Account account = Account.connected()) {
        KeyMetadata key = account.kms.createKey().keyMetadata();

        assertThat(account.key(key.keyId())).isEqualTo(key);
        assertCommon(key);
        assertThat(key.description()).isEmpty();
        assertThat(key.origin()).isEqualTo(OriginType.AWS_KMS);
        assertThat(key.customKeyStoreId()).isNull();
        assertThat(key.cloudHsmClusterId()).isNull();
      }
    }

    @SuppressWarnings("deprecation") // KMS still answers the old member
    private void assertCommon(KeyMetadata key) {
      assertThat(key.keyId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      assertThat(key.arn()).isEqualTo("arn:aws:kms:us-east-1:111122223333:key/" + key.keyId());
      assertThat(key.awsAccountId()).isEqualTo("111122223333");
      assertThat(key.enabled()).isTrue();
      assertThat(key.keyState()).isEqualTo(KeyState.ENABLED);
      assertThat(key.keyUsage()).isEqualTo(KeyUsageType.ENCRYPT_DECRYPT);
      assertThat(key.keySpec()).isEqualTo(KeySpec.SYMMETRIC_DEFAULT);
      assertThat(key.customerMasterKeySpecAsString()).isEqualTo("SYMMETRIC_DEFAULT");
      assertThat(key.encryptionAlgorithms())
          .containsExactly(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
      assertThat(key.keyManager()).isEqualTo(KeyManagerType.CUSTOMER);
      assertThat(key.multiRegion()).isFalse();
      assertThat(key.multiRegionConfiguration()).isNull();
      assertThat(key.deletionDate()).isNull();
      assertThat(key.pendingDeletionWindowInDays()).isNull();
      assertThat(key.validTo()).isNull();
      assertThat(key.expirationModel()).isNull();
      assertThat(key.hasSigningAlgorithms()).isFalse();
      assertThat(key.hasMacAlgorithms()).isFalse();
      assertThat(key.xksKeyConfiguration()).isNull();
    }

    @Test
    void backingKey_isOnEachHsm_namedByTheArn() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        for (String hsm : account.hsms()) {
          assertThat(account.cluster.keysOn(hsm))
              .singleElement()
              .satisfies(
                  facts -> {
                    assertThat(facts.label()).isEqualTo(key);
                    assertThat(facts.attributes())
                        .containsEntry("OBJ_ATTR_KEY_TYPE", "31")
                        .containsEntry("OBJ_ATTR_VALUE_LEN", "32")
                        .containsEntry("OBJ_ATTR_EXTRACTABLE", "0")
                        .containsEntry("OBJ_ATTR_TOKEN", "1");
                  });
        }
      }
    }

    @Test
    void clusterId_afterTheStoreMoved_isTheNewCluster() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.disconnect();
        var relative = account.aws.cloudHsm().cluster().relatedTo(account.cluster).create();
        account.kms.updateCustomKeyStore(
            r -> r.customKeyStoreId(account.store).cloudHsmClusterId(relative.id()));

        assertThat(account.key(key).cloudHsmClusterId()).isEqualTo(relative.id());
      }
    }
  }

  /** The guide's "How to fix unavailable KMS keys", step by step (spec J.1). */
  @Test
  void unavailableKeys_canBeManaged_andAreFixedByReconnecting() {
    try (Account account = Account.connected()) {
      KmsClient kms = account.kms;
      String k1 = account.customKey();
      String k2 = account.customKey();
      String k3 = account.customKey();
      String untouched = account.customKey();
      String pending = account.customKey();
      disable(account, k2);
      scheduleDeletion(account, k3);
      scheduleDeletion(account, pending);

      account.disconnect();
      assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
      for (String key : List.of(k1, k2)) {
        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
        assertThat(account.key(key).enabled()).isFalse();
      }
      assertThat(account.keyState(k3)).isEqualTo(KeyState.PENDING_DELETION);

      assertRefused("KMSInvalidStateException", () -> account.encrypt(k1, "x"))
          .isEqualTo(k1 + " is unavailable.");

      kms.putKeyPolicy(r -> r.keyId(k1).policy(POLICY));
      kms.tagResource(r -> r.keyId(k1).tags(Tag.builder().tagKey("team").tagValue("a").build()));
      kms.createAlias(r -> r.aliasName("alias/orders").targetKeyId(k1));
      kms.updateKeyDescription(r -> r.keyId(k1).description("changed"));
      assertThat(account.key("alias/orders").description()).isEqualTo("changed");
      assertThat(kms.getKeyPolicy(r -> r.keyId(k1)).policy()).isEqualTo(POLICY);
      assertThat(kms.listResourceTags(r -> r.keyId(k1)).tags()).hasSize(1);

      disable(account, k1);
      enable(account, k2);
      assertThat(account.keyState(k1)).isEqualTo(KeyState.UNAVAILABLE);
      assertThat(account.keyState(k2)).isEqualTo(KeyState.UNAVAILABLE);

      kms.cancelKeyDeletion(r -> r.keyId(k3));
      assertThat(account.keyState(k3)).isEqualTo(KeyState.UNAVAILABLE);

      account.connect();
      assertThat(account.keyState(k1)).isEqualTo(KeyState.DISABLED);
      assertThat(account.keyState(k2)).isEqualTo(KeyState.ENABLED);
      assertThat(account.keyState(k3)).isEqualTo(KeyState.DISABLED);
      assertThat(account.keyState(untouched)).isEqualTo(KeyState.ENABLED);
      assertThat(account.keyState(pending)).isEqualTo(KeyState.PENDING_DELETION);
      assertThat(account.decrypt(account.encrypt(k2, "back"))).isEqualTo("back");
    }
  }

  @Nested
  class Deferred {
    @Test
    void lastOfSeveralChanges_whileUnavailable_counts() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.disconnect();
        disable(account, key);
        enable(account, key);
        disable(account, key);

        account.connect();

        assertThat(account.keyState(key)).isEqualTo(KeyState.DISABLED);
      }
    }

    @Test
    void scheduleDeletion_whileUnavailable_showsAtOnce() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.disconnect();

        scheduleDeletion(account, key);

        assertThat(account.keyState(key)).isEqualTo(KeyState.PENDING_DELETION);
      }
    }

    @Test
    void failedStore_makesItsKeysUnavailable_andNoOthers() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String standard = account.standardKey();
        account.disconnect();
        account.cluster.cutNetwork();
        account.connect();

        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
        assertThat(account.decrypt(account.encrypt(standard, "fine"))).isEqualTo("fine");
      }
    }
  }

  private static Arguments call(String name, BiConsumer<KmsClient, String> operation) {
    return Arguments.of(name, operation);
  }

  static Stream<Arguments> everyKeyOperation() {
    SdkBytes bytes = SdkBytes.fromUtf8String("x");
    return Stream.of(
        call("CancelKeyDeletion", (kms, key) -> kms.cancelKeyDeletion(r -> r.keyId(key))),
        call(
            "CreateAlias",
            (kms, key) -> kms.createAlias(r -> r.aliasName("alias/new").targetKeyId(key))),
        call(
            "Decrypt",
            (kms, key) ->
                kms.decrypt(r -> r.keyId(key).ciphertextBlob(SdkBytes.fromByteArray(blob())))),
        call("DescribeKey", (kms, key) -> kms.describeKey(r -> r.keyId(key))),
        call("DisableKey", (kms, key) -> kms.disableKey(r -> r.keyId(key))),
        call("DisableKeyRotation", (kms, key) -> kms.disableKeyRotation(r -> r.keyId(key))),
        call("EnableKey", (kms, key) -> kms.enableKey(r -> r.keyId(key))),
        call("EnableKeyRotation", (kms, key) -> kms.enableKeyRotation(r -> r.keyId(key))),
        call("Encrypt", (kms, key) -> kms.encrypt(r -> r.keyId(key).plaintext(bytes))),
        call(
            "GenerateDataKey",
            (kms, key) -> kms.generateDataKey(r -> r.keyId(key).numberOfBytes(1))),
        call(
            "GenerateDataKeyWithoutPlaintext",
            (kms, key) -> kms.generateDataKeyWithoutPlaintext(r -> r.keyId(key).numberOfBytes(1))),
        call(
            "GenerateDataKeyPair",
            (kms, key) -> kms.generateDataKeyPair(r -> r.keyId(key).keyPairSpec("RSA_2048"))),
        call(
            "GenerateMac",
            (kms, key) ->
                kms.generateMac(r -> r.keyId(key).message(bytes).macAlgorithm("HMAC_SHA_256"))),
        call("GetKeyPolicy", (kms, key) -> kms.getKeyPolicy(r -> r.keyId(key))),
        call("GetKeyRotationStatus", (kms, key) -> kms.getKeyRotationStatus(r -> r.keyId(key))),
        call("GetPublicKey", (kms, key) -> kms.getPublicKey(r -> r.keyId(key))),
        call("ListAliases", (kms, key) -> kms.listAliases(r -> r.keyId(key))),
        call("ListKeyPolicies", (kms, key) -> kms.listKeyPolicies(r -> r.keyId(key))),
        call("ListResourceTags", (kms, key) -> kms.listResourceTags(r -> r.keyId(key))),
        call("PutKeyPolicy", (kms, key) -> kms.putKeyPolicy(r -> r.keyId(key).policy(POLICY))),
        call("RotateKeyOnDemand", (kms, key) -> kms.rotateKeyOnDemand(r -> r.keyId(key))),
        call("ScheduleKeyDeletion", (kms, key) -> kms.scheduleKeyDeletion(r -> r.keyId(key))),
        call(
            "Sign",
            (kms, key) ->
                kms.sign(r -> r.keyId(key).message(bytes).signingAlgorithm("RSASSA_PSS_SHA_256"))),
        call(
            "TagResource",
            (kms, key) ->
                kms.tagResource(
                    r -> r.keyId(key).tags(Tag.builder().tagKey("a").tagValue("b").build()))),
        call("UntagResource", (kms, key) -> kms.untagResource(r -> r.keyId(key).tagKeys("a"))),
        call(
            "UpdateKeyDescription",
            (kms, key) -> kms.updateKeyDescription(r -> r.keyId(key).description("x"))));
  }

  /** A blob of the right shape, whoever's. */
  private static byte[] blob() {
    byte[] blob = new byte[128];
    blob[0] = 1;
    return blob;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyKeyOperation")
  void operation_onDeletedKey_isRefused(String name, BiConsumer<KmsClient, String> operation) {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      scheduleDeletion(account, key);
      account.aws.clock().advance(Duration.ofDays(8));

      assertRefused("NotFoundException", () -> operation.accept(account.kms, key))
          .as(name)
          .isEqualTo("Key '" + key + "' does not exist");
    }
  }

  @Test
  void decryptAndUpdateAlias_withDeletedKey_areRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "lost");
      account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(account.standardKey()));
      scheduleDeletion(account, key);
      account.aws.clock().advance(Duration.ofDays(8));

      assertRefused("NotFoundException", () -> account.decrypt(blob)).contains(key);
      assertRefused(
              "NotFoundException",
              () -> account.kms.updateAlias(r -> r.aliasName("alias/a").targetKeyId(key)))
          .contains(key);
      assertRefused(
              "NotFoundException",
              () -> account.kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId("alias/a")))
          .contains(key);
    }
  }
}
