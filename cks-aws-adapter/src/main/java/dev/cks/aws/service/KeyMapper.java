package dev.cks.aws.service;

import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.service.Caller;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyService;
import dev.cks.service.KeyUse;
import dev.cks.service.Page;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.CustomerMasterKeySpec;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageRequest;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageResponse;
import software.amazon.awssdk.services.kms.model.KeyLastUsageData;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionResponse;

/** Keys themselves: created, shown, enabled, disabled and deleted. */
final class KeyMapper {
  private final KeyService keys;

  KeyMapper(KeyService keys) {
    this.keys = keys;
  }

  CreateKeyResponse.Builder create(CreateKeyRequest request, Caller caller) {
    KeyRequests.Create create =
        new KeyRequests.Create(
            request.description(),
            keySpec(request),
            request.keyUsageAsString(),
            request.originAsString(),
            request.customKeyStoreId(),
            request.xksKeyId(),
            Requests.isSet(request.multiRegion()),
            request.policy(),
            KeyAttributesMapper.tags(request.tags()));
    return CreateKeyResponse.builder().keyMetadata(metadata(keys.create(create, caller)));
  }

  @SuppressWarnings("deprecation") // a client may still send it
  private static @Nullable String keySpec(CreateKeyRequest request) {
    String deprecated = request.customerMasterKeySpecAsString();
    if (deprecated == null) {
      return request.keySpecAsString();
    }
    if (request.keySpecAsString() != null) {
      throw Requests.invalid(
          "You cannot specify KeySpec and CustomerMasterKeySpec in the same request."
              + " CustomerMasterKeySpec is deprecated.");
    }
    return deprecated;
  }

  DescribeKeyResponse.Builder describe(DescribeKeyRequest request, Caller caller) {
    return DescribeKeyResponse.builder()
        .keyMetadata(metadata(keys.describe(request.keyId(), caller)));
  }

  private static KeyMetadata metadata(KeyRequests.Description description) {
    KmsKey key = description.key();
    KeyMetadata.Builder metadata =
        KeyMetadata.builder()
            .awsAccountId(description.scope().accountId())
            .keyId(key.id().toString())
            .arn(key.arn())
            .creationDate(key.created())
            .enabled(description.state() == KeyState.ENABLED)
            .description(key.description())
            .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
            .keyState(description.state().wireName())
            .deletionDate(key.deletionDate())
            .origin(key.home().origin())
            .keyManager(KeyManagerType.CUSTOMER)
            .keySpec(KeySpec.SYMMETRIC_DEFAULT)
            .encryptionAlgorithms(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
            .currentKeyMaterialId(key.materialId())
            .multiRegion(false);
    addDeprecatedSpec(metadata);
    if (key.home() instanceof KeyHome.Custom custom) {
      metadata.customKeyStoreId(custom.store().value()).cloudHsmClusterId(description.clusterId());
    }
    return metadata.build();
  }

  @SuppressWarnings("deprecation") // KMS still answers it
  private static void addDeprecatedSpec(KeyMetadata.Builder metadata) {
    metadata.customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT);
  }

  GetKeyLastUsageResponse.Builder lastUsage(GetKeyLastUsageRequest request, Caller caller) {
    KeyRequests.LastUsage usage = keys.lastUsage(request.keyId(), caller);
    return GetKeyLastUsageResponse.builder()
        .keyId(usage.key().id().toString())
        .keyCreationDate(usage.key().created())
        .trackingStartDate(usage.trackedSince())
        .keyLastUsage(lastUse(usage.lastUse()));
  }

  private static @Nullable KeyLastUsageData lastUse(@Nullable KeyUse use) {
    return use == null
        ? null
        : KeyLastUsageData.builder()
            .operation(use.operation().wireName())
            .timestamp(use.time())
            .kmsRequestId(use.requestId())
            .cloudTrailEventId(use.eventId())
            .build();
  }

  ListKeysResponse.Builder list(ListKeysRequest request, Caller caller) {
    Page<KeyRequests.Listed> page = keys.list(request.limit(), request.marker(), caller);
    return ListKeysResponse.builder()
        .keys(page.items().stream().map(KeyMapper::entry).toList())
        .truncated(page.truncated())
        .nextMarker(page.nextMarker());
  }

  private static KeyListEntry entry(KeyRequests.Listed key) {
    return KeyListEntry.builder().keyId(key.id().toString()).keyArn(key.arn()).build();
  }

  EnableKeyResponse.Builder enable(EnableKeyRequest request, Caller caller) {
    keys.enable(request.keyId(), caller);
    return EnableKeyResponse.builder();
  }

  DisableKeyResponse.Builder disable(DisableKeyRequest request, Caller caller) {
    keys.disable(request.keyId(), caller);
    return DisableKeyResponse.builder();
  }

  UpdateKeyDescriptionResponse.Builder updateDescription(
      UpdateKeyDescriptionRequest request, Caller caller) {
    keys.updateDescription(request.keyId(), request.description(), caller);
    return UpdateKeyDescriptionResponse.builder();
  }

  ScheduleKeyDeletionResponse.Builder scheduleDeletion(
      ScheduleKeyDeletionRequest request, Caller caller) {
    KeyRequests.Scheduled scheduled =
        keys.scheduleDeletion(request.keyId(), request.pendingWindowInDays(), caller);
    return ScheduleKeyDeletionResponse.builder()
        .keyId(scheduled.keyArn())
        .deletionDate(scheduled.deletionDate())
        .keyState(scheduled.state().wireName())
        .pendingWindowInDays(scheduled.pendingWindowInDays());
  }

  CancelKeyDeletionResponse.Builder cancelDeletion(
      CancelKeyDeletionRequest request, Caller caller) {
    return CancelKeyDeletionResponse.builder().keyId(keys.cancelDeletion(request.keyId(), caller));
  }
}
