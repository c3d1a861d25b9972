package dev.cks.aws.service;

import dev.cks.Kms;
import dev.cks.service.Caller;
import java.util.function.Supplier;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsServiceClientConfiguration;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.ConnectCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.ConnectCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateAliasResponse;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasResponse;
import software.amazon.awssdk.services.kms.model.DeleteCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.DeleteCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresRequest;
import software.amazon.awssdk.services.kms.model.DescribeCustomKeyStoresResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyResponse;
import software.amazon.awssdk.services.kms.model.DisconnectCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.DisconnectCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.TagResourceResponse;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;
import software.amazon.awssdk.services.kms.model.UpdateAliasResponse;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionResponse;

/**
 * AWS KMS as code knows it: the AWS SDK's {@code KmsClient}, answered by a {@link Kms} in the same
 * process. It throws what the SDK's own client throws, with error code, status and request id; it
 * neither signs nor retries. Paginators and the consumer-builder overloads work as usual.
 *
 * <p>Policies and grants are not evaluated: grant tokens are accepted and not looked at. Grants and
 * {@code GetKeyLastUsage} answer {@code UnsupportedOperationException} of KMS for now, as does the
 * {@code Recipient} parameter.
 *
 * <p>Thread-safe, cheap to make, and without anything to close.
 */
public final class CksKmsClient extends RefusedOperations {
  private final Kms kms;
  private final Exchange exchange;
  private final KeyStoreMapper keyStores;
  private final KeyMapper keys;
  private final KeyAttributesMapper attributes;
  private final CryptoMapper crypto;

  /**
   * A client whose calls come from the account's root user.
   *
   * @param kms answers the calls; stays the caller's to close
   */
  public CksKmsClient(Kms kms) {
    this(kms, kms::rootCaller);
  }

  /**
   * A client whose calls come from whomever {@code callers} names.
   *
   * @param kms answers the calls; stays the caller's to close
   * @param callers asked once for each call; each caller carries a request id of its own
   */
  public CksKmsClient(Kms kms, Supplier<Caller> callers) {
    this(kms, new Exchange(callers));
  }

  private CksKmsClient(Kms kms, Exchange exchange) {
    super(kms.keys(), exchange);
    this.kms = kms;
    this.exchange = exchange;
    this.keyStores = new KeyStoreMapper(kms.keyStores());
    this.keys = new KeyMapper(kms.keys());
    this.attributes = new KeyAttributesMapper(kms.keys());
    this.crypto = new CryptoMapper(kms.crypto());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The Region, and nothing else that could be configured: there is no transport. */
  @Override
  public KmsServiceClientConfiguration serviceClientConfiguration() {
    return KmsServiceClientConfiguration.builder()
        .region(Region.of(kms.scope().region()))
        .overrideConfiguration(ClientOverrideConfiguration.builder().build())
        .build();
  }

  /** Does nothing: the {@link Kms} belongs to whoever made it. */
  @Override
  public void close() {}

  @Override
  public ConnectCustomKeyStoreResponse connectCustomKeyStore(ConnectCustomKeyStoreRequest request) {
    return exchange.answer(request, keyStores::connect).build();
  }

  @Override
  public CreateCustomKeyStoreResponse createCustomKeyStore(CreateCustomKeyStoreRequest request) {
    return exchange.answer(request, keyStores::create).build();
  }

  @Override
  public DeleteCustomKeyStoreResponse deleteCustomKeyStore(DeleteCustomKeyStoreRequest request) {
    return exchange.answer(request, keyStores::delete).build();
  }

  @Override
  public DescribeCustomKeyStoresResponse describeCustomKeyStores(
      DescribeCustomKeyStoresRequest request) {
    return exchange.answer(request, keyStores::describe).build();
  }

  @Override
  public DisconnectCustomKeyStoreResponse disconnectCustomKeyStore(
      DisconnectCustomKeyStoreRequest request) {
    return exchange.answer(request, keyStores::disconnect).build();
  }

  @Override
  public UpdateCustomKeyStoreResponse updateCustomKeyStore(UpdateCustomKeyStoreRequest request) {
    return exchange.answer(request, keyStores::update).build();
  }

  @Override
  public CreateKeyResponse createKey(CreateKeyRequest request) {
    return exchange.answer(request, keys::create).build();
  }

  @Override
  public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    return exchange.answer(request, keys::describe).build();
  }

  @Override
  public ListKeysResponse listKeys(ListKeysRequest request) {
    return exchange.answer(request, keys::list).build();
  }

  @Override
  public EnableKeyResponse enableKey(EnableKeyRequest request) {
    return exchange.answer(request, keys::enable).build();
  }

  @Override
  public DisableKeyResponse disableKey(DisableKeyRequest request) {
    return exchange.answer(request, keys::disable).build();
  }

  @Override
  public UpdateKeyDescriptionResponse updateKeyDescription(UpdateKeyDescriptionRequest request) {
    return exchange.answer(request, keys::updateDescription).build();
  }

  @Override
  public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request) {
    return exchange.answer(request, keys::scheduleDeletion).build();
  }

  @Override
  public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request) {
    return exchange.answer(request, keys::cancelDeletion).build();
  }

  @Override
  public CreateAliasResponse createAlias(CreateAliasRequest request) {
    return exchange.answer(request, attributes::createAlias).build();
  }

  @Override
  public UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    return exchange.answer(request, attributes::updateAlias).build();
  }

  @Override
  public DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    return exchange.answer(request, attributes::deleteAlias).build();
  }

  @Override
  public ListAliasesResponse listAliases(ListAliasesRequest request) {
    return exchange.answer(request, attributes::listAliases).build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return exchange.answer(request, attributes::tag).build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return exchange.answer(request, attributes::untag).build();
  }

  @Override
  public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest request) {
    return exchange.answer(request, attributes::listTags).build();
  }

  @Override
  public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest request) {
    return exchange.answer(request, attributes::putPolicy).build();
  }

  @Override
  public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest request) {
    return exchange.answer(request, attributes::getPolicy).build();
  }

  @Override
  public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest request) {
    return exchange.answer(request, attributes::listPolicies).build();
  }

  @Override
  public EncryptResponse encrypt(EncryptRequest request) {
    return exchange.answer(request, crypto::encrypt).build();
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    return exchange.answer(request, crypto::decrypt).build();
  }

  @Override
  public ReEncryptResponse reEncrypt(ReEncryptRequest request) {
    return exchange.answer(request, crypto::reEncrypt).build();
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    return exchange.answer(request, crypto::generateDataKey).build();
  }

  @Override
  public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    return exchange.answer(request, crypto::generateDataKeyWithoutPlaintext).build();
  }

  @Override
  public GenerateRandomResponse generateRandom(GenerateRandomRequest request) {
    return exchange.answer(request, crypto::generateRandom).build();
  }
}
