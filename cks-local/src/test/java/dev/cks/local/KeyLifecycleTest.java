package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;

/** The states of a key, and its end (spec A.5, C, J.1). */
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

  @Nested
  class Deletion {
    @Test
    void schedule_answersArnDateStateAndWindow() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        ScheduleKeyDeletionResponse answer =
            account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));

        assertThat(answer.keyId()).isEqualTo(key);
        assertThat(answer.keyState()).isEqualTo(KeyState.PENDING_DELETION);
        assertThat(answer.pendingWindowInDays()).isEqualTo(7);
        assertThat(answer.deletionDate())
            .isEqualTo(account.aws.clock().now().plus(Duration.ofDays(7)));
        assertThat(account.key(key).deletionDate()).isEqualTo(answer.deletionDate());
        assertThat(account.key(key).enabled()).isFalse();
      }
    }

    @Test
    void schedule_withoutWindow_takes30Days() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        ScheduleKeyDeletionResponse answer = account.kms.scheduleKeyDeletion(r -> r.keyId(key));

        assertThat(answer.pendingWindowInDays()).isEqualTo(30);
        account.aws.clock().advanceTo(answer.deletionDate().minusMillis(2));
        assertThat(account.keyState(key)).isEqualTo(KeyState.PENDING_DELETION);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 31, 365})
    void schedule_withWindowOutside7To30_isRefused(int days) {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String rule = days < 7 ? "greater than or equal to 7" : "less than or equal to 30";

        assertRefused(
                "ValidationException",
                () -> account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(days)))
            .isEqualTo(
                "1 validation error detected: Value '"
                    + days
                    + "' at 'pendingWindowInDays' failed to satisfy constraint: Member must have"
                    + " value "
                    + rule);
        assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
      }
    }

    @Test
    void schedule_twice_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);

        assertRefused("KMSInvalidStateException", () -> scheduleDeletion(account, key))
            .isEqualTo(key + " is pending deletion.");
      }
    }

    @Test
    void cancel_disablesTheKey_andTheWindowEndsWithoutEffect() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);

        assertThat(account.kms.cancelKeyDeletion(r -> r.keyId(key)).keyId()).isEqualTo(key);
        account.aws.clock().advance(Duration.ofDays(8));

        assertThat(account.keyState(key)).isEqualTo(KeyState.DISABLED);
        assertThat(account.key(key).deletionDate()).isNull();
        enable(account, key);
        assertThat(account.decrypt(account.encrypt(key, "alive"))).isEqualTo("alive");
      }
    }

    @Test
    void cancelledAndScheduledAgain_livesUntilTheSecondWindowEnds() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);
        account.aws.clock().advance(Duration.ofDays(3));
        account.kms.cancelKeyDeletion(r -> r.keyId(key));
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(5));
        assertThat(account.keyState(key)).isEqualTo(KeyState.PENDING_DELETION);
        account.aws.clock().advance(Duration.ofDays(3));
        assertRefused("NotFoundException", () -> account.key(key)).contains(key);
      }
    }

    @Test
    void cancel_ofKeyThatIsNotPending_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertRefused(
                "KMSInvalidStateException", () -> account.kms.cancelKeyDeletion(r -> r.keyId(key)))
            .isEqualTo(key + " is not pending deletion.");
        account.disconnect();
        assertRefused(
                "KMSInvalidStateException", () -> account.kms.cancelKeyDeletion(r -> r.keyId(key)))
            .isEqualTo(key + " is not pending deletion.");
      }
    }

    @Test
    void endOfWindow_takesKeyAliasesAndMaterial() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String other = account.customKey();
        account.kms.createAlias(r -> r.aliasName("alias/gone").targetKeyId(key));
        account.kms.createAlias(r -> r.aliasName("alias/stays").targetKeyId(other));
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(8));

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(other)::equals);
        assertThat(account.kms.listAliases().aliases())
            .extracting(alias -> alias.aliasName())
            .containsExactly("alias/stays");
        assertThat(account.kms.listKeys().keys())
            .extracting(entry -> entry.keyArn())
            .containsExactly(other);
        assertRefused("NotFoundException", () -> account.key("alias/gone"))
            .isEqualTo("Alias arn:aws:kms:us-east-1:111122223333:alias/gone is not found.");
      }
    }

    @Test
    void endOfWindow_ofStandardKey_takesItToo() {
      try (Account account = Account.connected()) {
        String key = account.standardKey();
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(8));

        assertRefused("NotFoundException", () -> account.encrypt(key, "x")).contains(key);
      }
    }

    @Test
    void store_withPendingKey_cannotBeDeleted_untilTheWindowHasEnded() {
      try (Account account = Account.connected()) {
        scheduleDeletion(account, account.customKey());
        account.disconnect();

        assertRefused(
                "CustomKeyStoreHasCMKsException",
                () -> account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)))
            .isNotBlank();

        account.aws.clock().advance(Duration.ofDays(8));
        account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
        assertThat(account.kms.describeCustomKeyStores().customKeyStores()).isEmpty();
      }
    }
  }

  /** What becomes of the material when the cluster does not hear of the deletion (spec C.4). */
  @Nested
  class Orphans {
    private final RecordingSink events = new RecordingSink();

    private Account account() {
      return Account.connected(plan -> plan.audit(events));
    }

    private String deletionStatus() {
      AuditEvent event = events.named("DeleteKey").get(0);
      assertThat(event.isServiceEvent()).isTrue();
      return String.valueOf(event.additionalEventData().get("backingKeysDeletionStatus"));
    }

    private void deleteNow(Account account, String key, Runnable trouble) {
      scheduleDeletion(account, key);
      trouble.run();
      account.aws.clock().advance(Duration.ofDays(8));
      assertRefused("NotFoundException", () -> account.key(key)).contains(key);
    }

    @Test
    void material_ofConnectedStore_isDestroyed() {
      try (Account account = account()) {
        deleteNow(account, account.customKey(), () -> {});

        assertThat(account.labelsOnEachHsm()).allMatch(List::isEmpty);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"SUCCESS\"");
      }
    }

    @Test
    void material_ofDisconnectedStore_staysAsOrphan_untilSomebodyDeletesIt() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, account::disconnect);

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");

        account.cluster.deleteKey(key);
        assertThat(account.labelsOnEachHsm()).allMatch(List::isEmpty);
      }
    }

    @Test
    void material_behindCutNetwork_staysAsOrphan() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, account.cluster::cutNetwork);

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
      }
    }

    @Test
    void material_onStoppedHsms_staysAsOrphan() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, () -> account.hsms().forEach(account.cluster::stopNode));

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
      }
    }

    @Test
    void material_onOneHsmOutOfReach_staysThere() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, () -> account.cluster.partition("us-east-1b"));

        assertThat(account.labelsOnEachHsm()).containsExactly(List.of(), List.of(key), List.of());
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
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
