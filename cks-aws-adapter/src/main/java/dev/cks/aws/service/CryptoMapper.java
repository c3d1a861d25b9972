package dev.cks.aws.service;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.KeyOperation;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.service.CryptoService;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomResponse;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/**
 * The data plane. Bytes cross without a copy: the services neither keep nor change what comes in,
 * and what they answer is nobody else's.
 */
final class CryptoMapper {
  private static final EncryptionAlgorithmSpec ALGORITHM =
      EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT;

  private final CryptoService crypto;

  CryptoMapper(CryptoService crypto) {
    this.crypto = crypto;
  }

  EncryptResponse.Builder encrypt(EncryptRequest request, Caller caller) {
    CryptoRequests.Encrypted answer =
        crypto.encrypt(
            new CryptoRequests.Encrypt(
                request.keyId(),
                request.plaintext().asByteArrayUnsafe(),
                EncryptionContext.of(request.encryptionContext()),
                request.encryptionAlgorithmAsString(),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return EncryptResponse.builder()
        .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(answer.ciphertext()))
        .keyId(answer.keyArn())
        .encryptionAlgorithm(ALGORITHM);
  }

  DecryptResponse.Builder decrypt(DecryptRequest request, Caller caller) {
    Requests.refuseUnsupported("Recipient", request.recipient());
    if (DryRunModifiers.ignoreCiphertext(request.dryRunModifiersAsStrings(), request.dryRun())) {
      crypto.tryWithoutCiphertext(
          KeyOperation.DECRYPT,
          List.of(
              new CryptoRequests.KeyTrial(
                  DryRunModifiers.requireKey("keyId", request.keyId()),
                  EncryptionContext.of(request.encryptionContext()),
                  request.encryptionAlgorithmAsString())),
          request.grantTokens(),
          caller);
    }
    CryptoRequests.Decrypted answer =
        crypto.decrypt(
            new CryptoRequests.Decrypt(
                request.keyId(),
                ciphertext(request.ciphertextBlob()),
                EncryptionContext.of(request.encryptionContext()),
                request.encryptionAlgorithmAsString(),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return DecryptResponse.builder()
        .plaintext(SdkBytes.fromByteArrayUnsafe(answer.plaintext()))
        .keyId(answer.keyArn())
        .keyMaterialId(answer.materialId())
        .encryptionAlgorithm(ALGORITHM);
  }

  // the model does not require it, since a dry run can go without
  private static byte[] ciphertext(@Nullable SdkBytes blob) {
    if (blob == null) {
      throw Requests.missing("ciphertextBlob");
    }
    return blob.asByteArrayUnsafe();
  }

  ReEncryptResponse.Builder reEncrypt(ReEncryptRequest request, Caller caller) {
    if (DryRunModifiers.ignoreCiphertext(request.dryRunModifiersAsStrings(), request.dryRun())) {
      tryReEncrypt(request, caller);
    }
    CryptoRequests.ReEncrypted answer =
        crypto.reEncrypt(
            new CryptoRequests.ReEncrypt(
                ciphertext(request.ciphertextBlob()),
                request.sourceKeyId(),
                EncryptionContext.of(request.sourceEncryptionContext()),
                request.sourceEncryptionAlgorithmAsString(),
                request.destinationKeyId(),
                EncryptionContext.of(request.destinationEncryptionContext()),
                request.destinationEncryptionAlgorithmAsString(),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return ReEncryptResponse.builder()
        .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(answer.ciphertext()))
        .sourceKeyId(answer.sourceKeyArn())
        .keyId(answer.destinationKeyArn())
        .sourceKeyMaterialId(answer.sourceMaterialId())
        .destinationKeyMaterialId(answer.destinationMaterialId())
        .sourceEncryptionAlgorithm(ALGORITHM)
        .destinationEncryptionAlgorithm(ALGORITHM);
  }

  private void tryReEncrypt(ReEncryptRequest request, Caller caller) {
    crypto.tryWithoutCiphertext(
        KeyOperation.RE_ENCRYPT,
        List.of(
            new CryptoRequests.KeyTrial(
                DryRunModifiers.requireKey("sourceKeyId", request.sourceKeyId()),
                EncryptionContext.of(request.sourceEncryptionContext()),
                request.sourceEncryptionAlgorithmAsString()),
            new CryptoRequests.KeyTrial(
                request.destinationKeyId(),
                EncryptionContext.of(request.destinationEncryptionContext()),
                request.destinationEncryptionAlgorithmAsString())),
        request.grantTokens(),
        caller);
  }

  GenerateDataKeyResponse.Builder generateDataKey(GenerateDataKeyRequest request, Caller caller) {
    Requests.refuseUnsupported("Recipient", request.recipient());
    CryptoRequests.DataKey answer =
        crypto.generateDataKey(
            new CryptoRequests.GenerateDataKey(
                request.keyId(),
                length(request.keySpec(), request.numberOfBytes()),
                request.keySpecAsString(),
                EncryptionContext.of(request.encryptionContext()),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return GenerateDataKeyResponse.builder()
        .plaintext(SdkBytes.fromByteArrayUnsafe(answer.plaintext()))
        .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(answer.ciphertext()))
        .keyId(answer.keyArn())
        .keyMaterialId(answer.materialId());
  }

  GenerateDataKeyWithoutPlaintextResponse.Builder generateDataKeyWithoutPlaintext(
      GenerateDataKeyWithoutPlaintextRequest request, Caller caller) {
    CryptoRequests.DataKey answer =
        crypto.generateDataKeyWithoutPlaintext(
            new CryptoRequests.GenerateDataKey(
                request.keyId(),
                length(request.keySpec(), request.numberOfBytes()),
                request.keySpecAsString(),
                EncryptionContext.of(request.encryptionContext()),
                request.grantTokens(),
                Requests.isSet(request.dryRun())),
            caller);
    return GenerateDataKeyWithoutPlaintextResponse.builder()
        .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(answer.ciphertext()))
        .keyId(answer.keyArn())
        .keyMaterialId(answer.materialId());
  }

  private static int length(@Nullable DataKeySpec spec, @Nullable Integer numberOfBytes) {
    if (spec == null && numberOfBytes != null) {
      return numberOfBytes;
    }
    if (spec == null || numberOfBytes != null) {
      throw Requests.invalid("Please specify either number of bytes or key spec.");
    }
    return spec == DataKeySpec.AES_256 ? 32 : 16;
  }

  GenerateRandomResponse.Builder generateRandom(GenerateRandomRequest request, Caller caller) {
    Requests.refuseUnsupported("Recipient", request.recipient());
    Integer numberOfBytes = request.numberOfBytes();
    if (numberOfBytes == null) {
      throw Requests.invalid("NumberOfBytes is required.");
    }
    byte[] bytes = crypto.generateRandom(numberOfBytes, request.customKeyStoreId(), caller);
    return GenerateRandomResponse.builder().plaintext(SdkBytes.fromByteArrayUnsafe(bytes));
  }
}
