package dev.cks.aws.service;

import dev.cks.domain.error.KmsErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInUseException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterInvalidConfigurationException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotActiveException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotFoundException;
import software.amazon.awssdk.services.kms.model.CloudHsmClusterNotRelatedException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreHasCmKsException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreInvalidStateException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNameInUseException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.DryRunOperationException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.IncorrectTrustAnchorException;
import software.amazon.awssdk.services.kms.model.InvalidAliasNameException;
import software.amazon.awssdk.services.kms.model.InvalidArnException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidGrantIdException;
import software.amazon.awssdk.services.kms.model.InvalidGrantTokenException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.InvalidMarkerException;
import software.amazon.awssdk.services.kms.model.KeyUnavailableException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.LimitExceededException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.TagException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** The one place where an error of ours becomes the exception that the AWS SDK would throw. */
final class KmsFaults {
  private static final Logger LOG = LoggerFactory.getLogger(KmsFaults.class);
  private static final String INTERNAL_MESSAGE =
      "The request was rejected because an internal exception occurred. The request can be retried.";

  private KmsFaults() {}

  /**
   * The SDK's exception for whatever a call threw. What only a bug can cause is told in the log and
   * not to callers.
   */
  static SdkException toSdk(RuntimeException thrown, String requestId) {
    if (thrown instanceof dev.cks.domain.error.KmsException error) {
      return toSdk(error.code(), error.getMessage(), requestId);
    }
    if (thrown instanceof SdkException already) {
      return already;
    }
    LOG.error("request {} failed for a reason that is a bug", requestId, thrown);
    return toSdk(KmsErrorCode.KMS_INTERNAL, INTERNAL_MESSAGE, requestId);
  }

  private static SdkException toSdk(KmsErrorCode code, @Nullable String message, String requestId) {
    return SdkAnswers.exception(
        builder(code),
        new SdkAnswers.Refusal("Kms", code.wireName(), code.httpStatus(), message),
        requestId);
  }

  // a switch and not a map: the compiler proves it complete, and a class loads when it is thrown
  private static KmsException.Builder builder(KmsErrorCode code) {
    return switch (code) {
      case ALREADY_EXISTS -> AlreadyExistsException.builder();
      case CLOUD_HSM_CLUSTER_IN_USE -> CloudHsmClusterInUseException.builder();
      case CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION ->
          CloudHsmClusterInvalidConfigurationException.builder();
      case CLOUD_HSM_CLUSTER_NOT_ACTIVE -> CloudHsmClusterNotActiveException.builder();
      case CLOUD_HSM_CLUSTER_NOT_FOUND -> CloudHsmClusterNotFoundException.builder();
      case CLOUD_HSM_CLUSTER_NOT_RELATED -> CloudHsmClusterNotRelatedException.builder();
      case CUSTOM_KEY_STORE_HAS_CMKS -> CustomKeyStoreHasCmKsException.builder();
      case CUSTOM_KEY_STORE_INVALID_STATE -> CustomKeyStoreInvalidStateException.builder();
      case CUSTOM_KEY_STORE_NAME_IN_USE -> CustomKeyStoreNameInUseException.builder();
      case CUSTOM_KEY_STORE_NOT_FOUND -> CustomKeyStoreNotFoundException.builder();
      case DEPENDENCY_TIMEOUT -> DependencyTimeoutException.builder();
      case DISABLED -> DisabledException.builder();
      case DRY_RUN_OPERATION -> DryRunOperationException.builder();
      case INCORRECT_KEY -> IncorrectKeyException.builder();
      case INCORRECT_TRUST_ANCHOR -> IncorrectTrustAnchorException.builder();
      case INVALID_ALIAS_NAME -> InvalidAliasNameException.builder();
      case INVALID_ARN -> InvalidArnException.builder();
      case INVALID_CIPHERTEXT -> InvalidCiphertextException.builder();
      case INVALID_GRANT_ID -> InvalidGrantIdException.builder();
      case INVALID_GRANT_TOKEN -> InvalidGrantTokenException.builder();
      case INVALID_KEY_USAGE -> InvalidKeyUsageException.builder();
      case INVALID_MARKER -> InvalidMarkerException.builder();
      case KEY_UNAVAILABLE -> KeyUnavailableException.builder();
      case KMS_INTERNAL -> KmsInternalException.builder();
      case KMS_INVALID_STATE -> KmsInvalidStateException.builder();
      case LIMIT_EXCEEDED -> LimitExceededException.builder();
      case MALFORMED_POLICY_DOCUMENT -> MalformedPolicyDocumentException.builder();
      case NOT_FOUND -> NotFoundException.builder();
      case TAG -> TagException.builder();
      case UNSUPPORTED_OPERATION -> UnsupportedOperationException.builder();
      // errors of every AWS service, which the SDK does not model
      case NOT_AUTHORIZED, UNKNOWN_OPERATION, VALIDATION -> KmsException.builder();
    };
  }
}
