package dev.cks.service;

import java.util.Set;

/** What CloudTrail marks as {@code readOnly}: all that changes nothing, cryptography included. */
final class ReadOnlyOperations {
  private static final Set<String> NAMES =
      Set.of(
          "Decrypt",
          "DeriveSharedSecret",
          "DescribeCustomKeyStores",
          "DescribeKey",
          "Encrypt",
          "GenerateDataKey",
          "GenerateDataKeyPair",
          "GenerateDataKeyPairWithoutPlaintext",
          "GenerateDataKeyWithoutPlaintext",
          "GenerateMac",
          "GenerateRandom",
          "GetKeyLastUsage",
          "GetKeyPolicy",
          "GetKeyRotationStatus",
          "GetParametersForImport",
          "GetPublicKey",
          "ListAliases",
          "ListGrants",
          "ListKeyPolicies",
          "ListKeyRotations",
          "ListKeys",
          "ListResourceTags",
          "ListRetirableGrants",
          "ReEncrypt",
          "Sign",
          "Verify",
          "VerifyMac");

  private ReadOnlyOperations() {}

  static boolean contains(String operation) {
    return NAMES.contains(operation);
  }
}
