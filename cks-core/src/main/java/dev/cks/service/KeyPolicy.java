package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.AccountRegion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Key policy documents: stored and shown, not evaluated. */
final class KeyPolicy {
  /** The only policy name there is. */
  static final String NAME = "default";

  private KeyPolicy() {}

  /** The policy of a key that was given none (spec A.8). */
  static String defaultFor(AccountRegion scope) {
    return """
        {
          "Version" : "2012-10-17",
          "Id" : "key-default-1",
          "Statement" : [ {
            "Sid" : "Enable IAM User Permissions",
            "Effect" : "Allow",
            "Principal" : {
              "AWS" : "%s"
            },
            "Action" : "kms:*",
            "Resource" : "*"
          } ]
        }"""
        .replace("%s", scope.rootArn());
  }

  /** Refuses what is too long, or is no JSON object with a statement. */
  static void check(String policy, Quotas quotas) {
    if (policy.getBytes(StandardCharsets.UTF_8).length > quotas.policyBytes()) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED,
          "The key policy is longer than " + quotas.policyBytes() + " bytes.");
    }
    if (!JsonSyntax.isObjectWith(policy, "Statement")) {
      throw new KmsException(
          KmsErrorCode.MALFORMED_POLICY_DOCUMENT, "The key policy is not a valid policy document.");
    }
  }

  /** Refuses every name but {@code default}. */
  static void checkName(@Nullable String name) {
    if (name != null && !name.equals(NAME)) {
      throw new KmsException(KmsErrorCode.NOT_FOUND, "No such policy exists");
    }
  }
}
