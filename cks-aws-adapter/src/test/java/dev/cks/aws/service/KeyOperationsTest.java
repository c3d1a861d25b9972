package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CustomerMasterKeySpec;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

class KeyOperationsTest {
  private final World world = new World();
  private final CksKmsClient client = world.client;

  @AfterEach
  void close() {
    world.close();
  }

  private KeyMetadata describe(String keyId) {
    return client.describeKey(request -> request.keyId(keyId)).keyMetadata();
  }

  @Test
  @SuppressWarnings("deprecation") // KMS still answers CustomerMasterKeySpec
  void aKeyInAStoreIsShownAsDocumented() {
    String storeId = world.createConnectedStore();
    KeyMetadata created = world.createKeyIn(storeId);
    KeyMetadata key = describe(created.keyId());
    assertThat(key).isEqualTo(created);
    assertThat(key.awsAccountId()).isEqualTo("111122223333");
    assertThat(key.arn()).isEqualTo("arn:aws:kms:us-east-1:111122223333:key/" + key.keyId());
    assertThat(key.enabled()).isTrue();
    assertThat(key.description()).isEmpty();
    assertThat(key.keyUsage()).isEqualTo(KeyUsageType.ENCRYPT_DECRYPT);
    assertThat(key.keyState()).isEqualTo(KeyState.ENABLED);
    assertThat(key.origin()).isEqualTo(OriginType.AWS_CLOUDHSM);
    assertThat(key.customKeyStoreId()).isEqualTo(storeId);
    assertThat(key.cloudHsmClusterId()).isEqualTo(World.CLUSTER_ID);
    assertThat(key.keyManager()).isEqualTo(KeyManagerType.CUSTOMER);
    assertThat(key.keySpec()).isEqualTo(KeySpec.SYMMETRIC_DEFAULT);
    assertThat(key.customerMasterKeySpec()).isEqualTo(CustomerMasterKeySpec.SYMMETRIC_DEFAULT);
    assertThat(key.encryptionAlgorithms())
        .containsExactly(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
    assertThat(key.multiRegion()).isFalse();
    assertThat(key.creationDate()).isNotNull();
    assertThat(
            Stream.of(
                key.deletionDate(),
                key.validTo(),
                key.expirationModel(),
                key.multiRegionConfiguration(),
                key.pendingDeletionWindowInDays(),
                key.xksKeyConfiguration(),
                key.currentKeyMaterialId()))
        .containsOnlyNulls();
    assertThat(key.hasSigningAlgorithms() || key.hasMacAlgorithms()).isFalse();
  }

  @Test
  void aStandardKeyHasNoStore() {
    KeyMetadata key = client.createKey().keyMetadata();
    assertThat(key.origin()).isEqualTo(OriginType.AWS_KMS);
    assertThat(key.customKeyStoreId()).isNull();
    assertThat(key.cloudHsmClusterId()).isNull();
  }

  @Test
  void onlyAnEnabledKeyIsEnabled() {
    String storeId = world.createConnectedStore();
    String keyId = world.createKeyIn(storeId).keyId();
    client.disableKey(request -> request.keyId(keyId));
    assertThat(describe(keyId).keyState()).isEqualTo(KeyState.DISABLED);
    assertThat(describe(keyId).enabled()).isFalse();
    client.enableKey(request -> request.keyId(keyId));
    assertThat(describe(keyId).enabled()).isTrue();
    client.disconnectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThat(describe(keyId).keyState()).isEqualTo(KeyState.UNAVAILABLE);
    assertThat(describe(keyId).enabled()).isFalse();
  }

  @Test
  void deletionIsScheduledAndCancelled() {
    KeyMetadata key = client.createKey().keyMetadata();
    ScheduleKeyDeletionResponse scheduled =
        client.scheduleKeyDeletion(request -> request.keyId(key.keyId()).pendingWindowInDays(7));
    assertThat(scheduled.keyId()).isEqualTo(key.arn());
    assertThat(scheduled.keyState()).isEqualTo(KeyState.PENDING_DELETION);
    assertThat(scheduled.pendingWindowInDays()).isEqualTo(7);
    assertThat(scheduled.deletionDate()).isAfter(key.creationDate().plus(Duration.ofDays(6)));
    assertThat(describe(key.keyId()).deletionDate()).isEqualTo(scheduled.deletionDate());
    assertThat(client.cancelKeyDeletion(request -> request.keyId(key.keyId())).keyId())
        .isEqualTo(key.arn());
    assertThat(describe(key.keyId()).deletionDate()).isNull();
  }

  @Test
  void thePendingWindowIsRefusedOnceAndInTheDocumentedRange() {
    String keyId = client.createKey().keyMetadata().keyId();
    assertThatThrownBy(
            () -> client.scheduleKeyDeletion(r -> r.keyId(keyId).pendingWindowInDays(366)))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith(
            "1 validation error detected: Value '366' at 'pendingWindowInDays' failed to satisfy"
                + " constraint: Member must have value less than or equal to 30");
  }

  @Test
  void paginatorsWalkThroughThePages() {
    for (int i = 0; i < 5; i++) {
      client.createKey();
    }
    assertThat(client.listKeysPaginator(request -> request.limit(2)))
        .hasSize(3)
        .extracting(page -> page.keys().size())
        .containsExactly(2, 2, 1);
    assertThat(client.listKeysPaginator(request -> request.limit(2)).keys())
        .extracting(KeyListEntry::keyId)
        .doesNotHaveDuplicates()
        .hasSize(5);
  }

  @Test
  void aliasesAreMadeMovedListedAndDeleted() {
    KeyMetadata first = client.createKey().keyMetadata();
    KeyMetadata second = client.createKey().keyMetadata();
    client.createAlias(r -> r.aliasName("alias/orders").targetKeyId(first.keyId()));
    assertThat(describe("alias/orders").keyId()).isEqualTo(first.keyId());
    client.updateAlias(r -> r.aliasName("alias/orders").targetKeyId(second.keyId()));
    AliasListEntry alias =
        client.listAliases(r -> r.keyId(second.keyId())).aliases().stream()
            .findFirst()
            .orElseThrow();
    assertThat(alias.aliasName()).isEqualTo("alias/orders");
    assertThat(alias.aliasArn()).isEqualTo("arn:aws:kms:us-east-1:111122223333:alias/orders");
    assertThat(alias.targetKeyId()).isEqualTo(second.keyId());
    assertThat(alias.creationDate()).isBeforeOrEqualTo(alias.lastUpdatedDate());
    client.deleteAlias(r -> r.aliasName("alias/orders"));
    assertThat(client.listAliasesPaginator().aliases()).isEmpty();
  }

  @Test
  void tagsDescriptionAndPolicy() {
    Tag tag = Tag.builder().tagKey("team").tagValue("a").build();
    String keyId = client.createKey(r -> r.description("old").tags(tag)).keyMetadata().keyId();
    Tag other = Tag.builder().tagKey("stage").tagValue("").build();
    client.tagResource(r -> r.keyId(keyId).tags(other));
    assertThat(client.listResourceTags(r -> r.keyId(keyId)).tags())
        .containsExactlyInAnyOrder(tag, other);
    client.untagResource(r -> r.keyId(keyId).tagKeys("team", "absent"));
    assertThat(client.listResourceTags(r -> r.keyId(keyId)).tags()).containsExactly(other);

    client.updateKeyDescription(r -> r.keyId(keyId).description("new"));
    assertThat(describe(keyId).description()).isEqualTo("new");

    String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    client.putKeyPolicy(r -> r.keyId(keyId).policy(policy));
    assertThat(client.getKeyPolicy(r -> r.keyId(keyId)).policy()).isEqualTo(policy);
    assertThat(client.getKeyPolicy(r -> r.keyId(keyId)).policyName()).isEqualTo("default");
    assertThat(client.listKeyPolicies(r -> r.keyId(keyId)).policyNames())
        .containsExactly("default");
  }

  @Test
  @SuppressWarnings("deprecation") // a client may still send CustomerMasterKeySpec
  void theDeprecatedSpecIsUnderstoodAloneAndRefusedBesideTheOther() {
    assertThat(
            client
                .createKey(r -> r.customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT))
                .keyMetadata()
                .keySpec())
        .isEqualTo(KeySpec.SYMMETRIC_DEFAULT);
    assertThatThrownBy(
            () ->
                client.createKey(
                    r ->
                        r.customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT)
                            .keySpec(KeySpec.SYMMETRIC_DEFAULT)))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith(
            "You cannot specify KeySpec and CustomerMasterKeySpec in the same request.");
  }

  @Test
  void whatNoKeyHereCanDoIsRefusedAsKmsRefusesIt() {
    String keyId = world.createKeyIn(world.createConnectedStore()).keyId();
    assertThatThrownBy(() -> client.enableKeyRotation(r -> r.keyId(keyId)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(
            () ->
                client.generateMac(
                    r ->
                        r.keyId(keyId)
                            .macAlgorithm("HMAC_SHA_256")
                            .message(software.amazon.awssdk.core.SdkBytes.fromUtf8String("m"))))
        .isInstanceOf(InvalidKeyUsageException.class);
  }
}
