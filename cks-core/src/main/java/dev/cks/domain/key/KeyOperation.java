package dev.cks.domain.key;

/** The KMS operations that act on an existing key, by their names in the API. */
public enum KeyOperation {
  CANCEL_KEY_DELETION("CancelKeyDeletion"),
  CREATE_ALIAS("CreateAlias"),
  CREATE_GRANT("CreateGrant"),
  DECRYPT("Decrypt"),
  DELETE_ALIAS("DeleteAlias"),
  DELETE_IMPORTED_KEY_MATERIAL("DeleteImportedKeyMaterial"),
  DERIVE_SHARED_SECRET("DeriveSharedSecret"),
  DESCRIBE_KEY("DescribeKey"),
  DISABLE_KEY("DisableKey"),
  DISABLE_KEY_ROTATION("DisableKeyRotation"),
  ENABLE_KEY("EnableKey"),
  ENABLE_KEY_ROTATION("EnableKeyRotation"),
  ENCRYPT("Encrypt"),
  GENERATE_DATA_KEY("GenerateDataKey"),
  GENERATE_DATA_KEY_PAIR("GenerateDataKeyPair"),
  GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT("GenerateDataKeyPairWithoutPlaintext"),
  GENERATE_DATA_KEY_WITHOUT_PLAINTEXT("GenerateDataKeyWithoutPlaintext"),
  GENERATE_MAC("GenerateMac"),
  GET_KEY_LAST_USAGE("GetKeyLastUsage"),
  GET_KEY_POLICY("GetKeyPolicy"),
  GET_KEY_ROTATION_STATUS("GetKeyRotationStatus"),
  GET_PARAMETERS_FOR_IMPORT("GetParametersForImport"),
  GET_PUBLIC_KEY("GetPublicKey"),
  IMPORT_KEY_MATERIAL("ImportKeyMaterial"),
  LIST_ALIASES("ListAliases"),
  LIST_GRANTS("ListGrants"),
  LIST_KEY_POLICIES("ListKeyPolicies"),
  LIST_KEY_ROTATIONS("ListKeyRotations"),
  LIST_RESOURCE_TAGS("ListResourceTags"),
  PUT_KEY_POLICY("PutKeyPolicy"),
  RE_ENCRYPT("ReEncrypt"),
  REPLICATE_KEY("ReplicateKey"),
  RETIRE_GRANT("RetireGrant"),
  REVOKE_GRANT("RevokeGrant"),
  ROTATE_KEY_ON_DEMAND("RotateKeyOnDemand"),
  SCHEDULE_KEY_DELETION("ScheduleKeyDeletion"),
  SIGN("Sign"),
  TAG_RESOURCE("TagResource"),
  UNTAG_RESOURCE("UntagResource"),
  UPDATE_ALIAS("UpdateAlias"),
  UPDATE_KEY_DESCRIPTION("UpdateKeyDescription"),
  UPDATE_PRIMARY_REGION("UpdatePrimaryRegion"),
  VERIFY("Verify"),
  VERIFY_MAC("VerifyMac");

  private final String wireName;

  KeyOperation(String wireName) {
    this.wireName = wireName;
  }

  /** The operation's name in the KMS API. */
  public String wireName() {
    return wireName;
  }
}
