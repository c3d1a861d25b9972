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
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
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
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageRequest;
import software.amazon.awssdk.services.kms.model.GetKeyLastUsageResponse;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RetireGrantResponse;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantResponse;
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
 * <p>Policies and grants are kept, checked in shape and shown, but not evaluated: every caller may
 * do everything. A grant token that leads to no grant is refused, a good one makes no difference.
 * The {@code Recipient} parameter and service principals in grants answer {@code
 * UnsupportedOperationException} of KMS.
 *
 * <p>Thread-safe, cheap to make, and without anything to close.
 */
public final class CksKmsClient extends RefusedOperations {
  private final Supplier<Kms> current;
  private final Exchange exchange;
  private volatile Services services;

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
    this(() -> kms, callers);
  }

  /**
   * A client of a KMS that may be replaced by another one.
   *
   * @param current which one it is; asked at each call
   * @param callers as above
   */
  public CksKmsClient(Supplier<Kms> current, Supplier<Caller> callers) {
    this(current, new Exchange(callers));
  }

  private CksKmsClient(Supplier<Kms> current, Exchange exchange) {
    super(() -> current.get().keys(), exchange);
    this.current = current;
    this.exchange = exchange;
    this.services = new Services(current.get());
  }

  /** What stands between the SDK's shapes and the services of one KMS. */
  private static final class Services {
    private final Kms kms;
    private final KeyStoreMapper keyStores;
    private final KeyMapper keys;
    private final KeyAttributesMapper attributes;
    private final GrantMapper grants;
    private final CryptoMapper crypto;

    Services(Kms kms) {
      this.kms = kms;
      this.keyStores = new KeyStoreMapper(kms.keyStores());
      this.keys = new KeyMapper(kms.keys());
      this.attributes = new KeyAttributesMapper(kms.keys());
      this.grants = new GrantMapper(kms.keys().grants());
      this.crypto = new CryptoMapper(kms.crypto());
    }
  }

  private Services services() {
    Kms kms = current.get();
    Services known = services;
    if (known.kms != kms) {
      known = new Services(kms);
      services = known;
    }
    return known;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The Region, and nothing else that could be configured: there is no transport. */
  @Override
  public KmsServiceClientConfiguration serviceClientConfiguration() {
    return KmsServiceClientConfiguration.builder()
        .region(Region.of(current.get().scope().region()))
        .overrideConfiguration(ClientOverrideConfiguration.builder().build())
        .build();
  }

  /** Does nothing: the {@link Kms} belongs to whoever made it. */
  @Override
  public void close() {}

  @Override
  public ConnectCustomKeyStoreResponse connectCustomKeyStore(ConnectCustomKeyStoreRequest request) {
    return exchange.answer(request, services().keyStores::connect).build();
  }

  @Override
  public CreateCustomKeyStoreResponse createCustomKeyStore(CreateCustomKeyStoreRequest request) {
    return exchange.answer(request, services().keyStores::create).build();
  }

  @Override
  public DeleteCustomKeyStoreResponse deleteCustomKeyStore(DeleteCustomKeyStoreRequest request) {
    return exchange.answer(request, services().keyStores::delete).build();
  }

  @Override
  public DescribeCustomKeyStoresResponse describeCustomKeyStores(
      DescribeCustomKeyStoresRequest request) {
    return exchange.answer(request, services().keyStores::describe).build();
  }

  @Override
  public DisconnectCustomKeyStoreResponse disconnectCustomKeyStore(
      DisconnectCustomKeyStoreRequest request) {
    return exchange.answer(request, services().keyStores::disconnect).build();
  }

  @Override
  public UpdateCustomKeyStoreResponse updateCustomKeyStore(UpdateCustomKeyStoreRequest request) {
    return exchange.answer(request, services().keyStores::update).build();
  }

  @Override
  public CreateKeyResponse createKey(CreateKeyRequest request) {
    return exchange.answer(request, services().keys::create).build();
  }

  @Override
  public DescribeKeyResponse describeKey(DescribeKeyRequest request) {
    return exchange.answer(request, services().keys::describe).build();
  }

  @Override
  public ListKeysResponse listKeys(ListKeysRequest request) {
    return exchange.answer(request, services().keys::list).build();
  }

  @Override
  public EnableKeyResponse enableKey(EnableKeyRequest request) {
    return exchange.answer(request, services().keys::enable).build();
  }

  @Override
  public DisableKeyResponse disableKey(DisableKeyRequest request) {
    return exchange.answer(request, services().keys::disable).build();
  }

  @Override
  public UpdateKeyDescriptionResponse updateKeyDescription(UpdateKeyDescriptionRequest request) {
    return exchange.answer(request, services().keys::updateDescription).build();
  }

  @Override
  public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request) {
    return exchange.answer(request, services().keys::scheduleDeletion).build();
  }

  @Override
  public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request) {
    return exchange.answer(request, services().keys::cancelDeletion).build();
  }

  @Override
  public CreateAliasResponse createAlias(CreateAliasRequest request) {
    return exchange.answer(request, services().attributes::createAlias).build();
  }

  @Override
  public UpdateAliasResponse updateAlias(UpdateAliasRequest request) {
    return exchange.answer(request, services().attributes::updateAlias).build();
  }

  @Override
  public DeleteAliasResponse deleteAlias(DeleteAliasRequest request) {
    return exchange.answer(request, services().attributes::deleteAlias).build();
  }

  @Override
  public ListAliasesResponse listAliases(ListAliasesRequest request) {
    return exchange.answer(request, services().attributes::listAliases).build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return exchange.answer(request, services().attributes::tag).build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return exchange.answer(request, services().attributes::untag).build();
  }

  @Override
  public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest request) {
    return exchange.answer(request, services().attributes::listTags).build();
  }

  @Override
  public PutKeyPolicyResponse putKeyPolicy(PutKeyPolicyRequest request) {
    return exchange.answer(request, services().attributes::putPolicy).build();
  }

  @Override
  public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest request) {
    return exchange.answer(request, services().attributes::getPolicy).build();
  }

  @Override
  public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest request) {
    return exchange.answer(request, services().attributes::listPolicies).build();
  }

  @Override
  public GetKeyLastUsageResponse getKeyLastUsage(GetKeyLastUsageRequest request) {
    return exchange.answer(request, services().keys::lastUsage).build();
  }

  @Override
  public CreateGrantResponse createGrant(CreateGrantRequest request) {
    return exchange.answer(request, services().grants::create).build();
  }

  @Override
  public ListGrantsResponse listGrants(ListGrantsRequest request) {
    return exchange.answer(request, services().grants::list).build();
  }

  @Override
  public ListRetirableGrantsResponse listRetirableGrants(ListRetirableGrantsRequest request) {
    return exchange.answer(request, services().grants::listRetirable).build();
  }

  @Override
  public RetireGrantResponse retireGrant(RetireGrantRequest request) {
    return exchange.answer(request, services().grants::retire).build();
  }

  @Override
  public RevokeGrantResponse revokeGrant(RevokeGrantRequest request) {
    return exchange.answer(request, services().grants::revoke).build();
  }

  @Override
  public EncryptResponse encrypt(EncryptRequest request) {
    return exchange.answer(request, services().crypto::encrypt).build();
  }

  @Override
  public DecryptResponse decrypt(DecryptRequest request) {
    return exchange.answer(request, services().crypto::decrypt).build();
  }

  @Override
  public ReEncryptResponse reEncrypt(ReEncryptRequest request) {
    return exchange.answer(request, services().crypto::reEncrypt).build();
  }

  @Override
  public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request) {
    return exchange.answer(request, services().crypto::generateDataKey).build();
  }

  @Override
  public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request) {
    return exchange.answer(request, services().crypto::generateDataKeyWithoutPlaintext).build();
  }

  @Override
  public GenerateRandomResponse generateRandom(GenerateRandomRequest request) {
    return exchange.answer(request, services().crypto::generateRandom).build();
  }
}
