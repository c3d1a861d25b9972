package dev.cks.aws.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyOperation;
import dev.cks.service.KeyService;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecapsulateRequest;
import software.amazon.awssdk.services.kms.model.DecapsulateResponse;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.DeleteImportedKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretRequest;
import software.amazon.awssdk.services.kms.model.DeriveSharedSecretResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationResponse;
import software.amazon.awssdk.services.kms.model.EncapsulateRequest;
import software.amazon.awssdk.services.kms.model.EncapsulateResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyPairWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateMacRequest;
import software.amazon.awssdk.services.kms.model.GenerateMacResponse;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.GetParametersForImportRequest;
import software.amazon.awssdk.services.kms.model.GetParametersForImportResponse;
import software.amazon.awssdk.services.kms.model.GetPublicKeyRequest;
import software.amazon.awssdk.services.kms.model.GetPublicKeyResponse;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialRequest;
import software.amazon.awssdk.services.kms.model.ImportKeyMaterialResponse;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.ReplicateKeyRequest;
import software.amazon.awssdk.services.kms.model.ReplicateKeyResponse;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandResponse;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.SignResponse;
import software.amazon.awssdk.services.kms.model.UpdatePrimaryRegionRequest;
import software.amazon.awssdk.services.kms.model.UpdatePrimaryRegionResponse;
import software.amazon.awssdk.services.kms.model.VerifyMacRequest;
import software.amazon.awssdk.services.kms.model.VerifyMacResponse;
import software.amazon.awssdk.services.kms.model.VerifyRequest;
import software.amazon.awssdk.services.kms.model.VerifyResponse;

/**
 * The operations that never succeed here, so that none is left to the SDK's default, which is a
 * {@code java.lang.UnsupportedOperationException}: those that symmetric keys do not support, and
 * those that are newer than the API that cks models.
 */
abstract class RefusedOperations implements KmsClient {
  private final Supplier<KeyService> keys;
  private final Exchange exchange;

  RefusedOperations(Supplier<KeyService> keys, Exchange exchange) {
    this.keys = keys;
    this.exchange = exchange;
  }

  private SdkException refused(KeyOperation operation, SdkPojo request, String keyId) {
    return refused(operation, request, keyId, List.of());
  }

  private SdkException refused(
      KeyOperation operation, SdkPojo request, String keyId, List<String> grantTokens) {
    return exchange.refusal(
        request, caller -> keys.get().refuse(operation, keyId, grantTokens, caller));
  }

  private SdkException unknown(SdkPojo request) {
    return exchange.refusal(
        request,
        caller -> {
          throw new KmsException(KmsErrorCode.UNKNOWN_OPERATION, null);
        });
  }

  @Override
  public DeleteImportedKeyMaterialResponse deleteImportedKeyMaterial(
      DeleteImportedKeyMaterialRequest request) {
    throw refused(KeyOperation.DELETE_IMPORTED_KEY_MATERIAL, request, request.keyId());
  }

  @Override
  public DeriveSharedSecretResponse deriveSharedSecret(DeriveSharedSecretRequest request) {
    throw refused(
        KeyOperation.DERIVE_SHARED_SECRET, request, request.keyId(), request.grantTokens());
  }

  @Override
  public DisableKeyRotationResponse disableKeyRotation(DisableKeyRotationRequest request) {
    throw refused(KeyOperation.DISABLE_KEY_ROTATION, request, request.keyId());
  }

  @Override
  public EnableKeyRotationResponse enableKeyRotation(EnableKeyRotationRequest request) {
    throw refused(KeyOperation.ENABLE_KEY_ROTATION, request, request.keyId());
  }

  @Override
  public GenerateDataKeyPairResponse generateDataKeyPair(GenerateDataKeyPairRequest request) {
    throw refused(
        KeyOperation.GENERATE_DATA_KEY_PAIR, request, request.keyId(), request.grantTokens());
  }

  @Override
  public GenerateDataKeyPairWithoutPlaintextResponse generateDataKeyPairWithoutPlaintext(
      GenerateDataKeyPairWithoutPlaintextRequest request) {
    throw refused(
        KeyOperation.GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT,
        request,
        request.keyId(),
        request.grantTokens());
  }

  @Override
  public GenerateMacResponse generateMac(GenerateMacRequest request) {
    throw refused(KeyOperation.GENERATE_MAC, request, request.keyId(), request.grantTokens());
  }

  @Override
  public GetKeyRotationStatusResponse getKeyRotationStatus(GetKeyRotationStatusRequest request) {
    throw refused(KeyOperation.GET_KEY_ROTATION_STATUS, request, request.keyId());
  }

  @Override
  public GetParametersForImportResponse getParametersForImport(
      GetParametersForImportRequest request) {
    throw refused(KeyOperation.GET_PARAMETERS_FOR_IMPORT, request, request.keyId());
  }

  @Override
  public GetPublicKeyResponse getPublicKey(GetPublicKeyRequest request) {
    throw refused(KeyOperation.GET_PUBLIC_KEY, request, request.keyId(), request.grantTokens());
  }

  @Override
  public ImportKeyMaterialResponse importKeyMaterial(ImportKeyMaterialRequest request) {
    throw refused(KeyOperation.IMPORT_KEY_MATERIAL, request, request.keyId());
  }

  @Override
  public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest request) {
    throw refused(KeyOperation.LIST_KEY_ROTATIONS, request, request.keyId());
  }

  @Override
  public ReplicateKeyResponse replicateKey(ReplicateKeyRequest request) {
    throw refused(KeyOperation.REPLICATE_KEY, request, request.keyId());
  }

  @Override
  public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest request) {
    throw refused(KeyOperation.ROTATE_KEY_ON_DEMAND, request, request.keyId());
  }

  @Override
  public SignResponse sign(SignRequest request) {
    throw refused(KeyOperation.SIGN, request, request.keyId(), request.grantTokens());
  }

  @Override
  public UpdatePrimaryRegionResponse updatePrimaryRegion(UpdatePrimaryRegionRequest request) {
    throw refused(KeyOperation.UPDATE_PRIMARY_REGION, request, request.keyId());
  }

  @Override
  public VerifyResponse verify(VerifyRequest request) {
    throw refused(KeyOperation.VERIFY, request, request.keyId(), request.grantTokens());
  }

  @Override
  public VerifyMacResponse verifyMac(VerifyMacRequest request) {
    throw refused(KeyOperation.VERIFY_MAC, request, request.keyId(), request.grantTokens());
  }

  @Override
  public DecapsulateResponse decapsulate(DecapsulateRequest request) {
    throw unknown(request);
  }

  @Override
  public EncapsulateResponse encapsulate(EncapsulateRequest request) {
    throw unknown(request);
  }
}
