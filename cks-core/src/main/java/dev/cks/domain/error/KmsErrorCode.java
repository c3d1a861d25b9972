package dev.cks.domain.error;

/**
 * One row for each error that AWS KMS answers: its name on the wire and its HTTP status. Client
 * faults are 400, whatever the service model says; only the three server faults are 500 (spec A.9).
 */
public enum KmsErrorCode {
  ALREADY_EXISTS("AlreadyExistsException"),
  CLOUD_HSM_CLUSTER_IN_USE("CloudHsmClusterInUseException"),
  CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION("CloudHsmClusterInvalidConfigurationException"),
  CLOUD_HSM_CLUSTER_NOT_ACTIVE("CloudHsmClusterNotActiveException"),
  CLOUD_HSM_CLUSTER_NOT_FOUND("CloudHsmClusterNotFoundException"),
  CLOUD_HSM_CLUSTER_NOT_RELATED("CloudHsmClusterNotRelatedException"),
  CUSTOM_KEY_STORE_HAS_CMKS("CustomKeyStoreHasCMKsException"),
  CUSTOM_KEY_STORE_INVALID_STATE("CustomKeyStoreInvalidStateException"),
  CUSTOM_KEY_STORE_NAME_IN_USE("CustomKeyStoreNameInUseException"),
  CUSTOM_KEY_STORE_NOT_FOUND("CustomKeyStoreNotFoundException"),
  DEPENDENCY_TIMEOUT("DependencyTimeoutException", 500),
  DISABLED("DisabledException"),
  DRY_RUN_OPERATION("DryRunOperationException"),
  INCORRECT_KEY("IncorrectKeyException"),
  INCORRECT_TRUST_ANCHOR("IncorrectTrustAnchorException"),
  INVALID_ALIAS_NAME("InvalidAliasNameException"),
  INVALID_ARN("InvalidArnException"),
  INVALID_CIPHERTEXT("InvalidCiphertextException"),
  INVALID_GRANT_ID("InvalidGrantIdException"),
  INVALID_GRANT_TOKEN("InvalidGrantTokenException"),
  INVALID_KEY_USAGE("InvalidKeyUsageException"),
  INVALID_MARKER("InvalidMarkerException"),
  KEY_UNAVAILABLE("KeyUnavailableException", 500),
  KMS_INTERNAL("KMSInternalException", 500),
  KMS_INVALID_STATE("KMSInvalidStateException"),
  LIMIT_EXCEEDED("LimitExceededException"),
  MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocumentException"),
  NOT_AUTHORIZED("NotAuthorizedException"),
  NOT_FOUND("NotFoundException"),
  TAG("TagException"),
  UNKNOWN_OPERATION("UnknownOperationException"),
  UNSUPPORTED_OPERATION("UnsupportedOperationException"),
  VALIDATION("ValidationException");

  private final String wireName;
  private final int httpStatus;

  KmsErrorCode(String wireName) {
    this(wireName, 400);
  }

  KmsErrorCode(String wireName, int httpStatus) {
    this.wireName = wireName;
    this.httpStatus = httpStatus;
  }

  /** The name that AWS clients see, for example {@code KMSInvalidStateException}. */
  public String wireName() {
    return wireName;
  }

  /** 400 for what the caller caused, 500 for what the service caused. */
  public int httpStatus() {
    return httpStatus;
  }
}
