package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key policies, kept and shown (spec D.12). */
class KeyPoliciesTest {
  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\"}]}";

  @Test
  void keyWithoutPolicy_hasTheDefaultOne() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      var answer = account.kms.getKeyPolicy(r -> r.keyId(key));

      assertThat(answer.policyName()).isEqualTo("default");
      assertThat(answer.policy())
          .contains("\"2012-10-17\"", "\"key-default-1\"", "\"Enable IAM User Permissions\"")
          .contains("\"arn:aws:iam::111122223333:root\"", "\"kms:*\"");
      assertThat(account.kms.listKeyPolicies(r -> r.keyId(key)).policyNames())
          .containsExactly("default");
    }
  }

  @Test
  void policy_givenOrPut_isShownAsItIs() {
    try (Account account = Account.connected()) {
      String key = account.kms.createKey(r -> r.policy(POLICY)).keyMetadata().keyId();
      assertThat(account.kms.getKeyPolicy(r -> r.keyId(key)).policy()).isEqualTo(POLICY);

      String other = POLICY.replace("Allow", "Deny");
      account.kms.putKeyPolicy(r -> r.keyId(key).policyName("default").policy(other));
      assertThat(account.kms.getKeyPolicy(r -> r.keyId(key).policyName("default")).policy())
          .isEqualTo(other);
    }
  }

  @Test
  void otherPolicyName_isNotFound() {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertRefused(
              "NotFoundException",
              () -> account.kms.getKeyPolicy(r -> r.keyId(key).policyName("mine")))
          .isEqualTo("No such policy exists");
      assertRefused(
              "NotFoundException",
              () -> account.kms.putKeyPolicy(r -> r.keyId(key).policyName("mine").policy(POLICY)))
          .isEqualTo("No such policy exists");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "[]", "{", "{\"Version\":\"2012-10-17\"}"})
  void malformedPolicy_isRefused(String policy) {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertRefused(
              "MalformedPolicyDocumentException",
              () -> account.kms.putKeyPolicy(r -> r.keyId(key).policy(policy)))
          .isNotBlank();
      assertRefused(
              "MalformedPolicyDocumentException",
              () -> account.kms.createKey(r -> r.policy(policy)))
          .isNotBlank();
    }
  }

  @Test
  void policyBeyond32KB_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String longest = POLICY + " ".repeat(32_768 - POLICY.length());
      account.kms.putKeyPolicy(r -> r.keyId(key).policy(longest));

      assertRefused(
              "LimitExceededException",
              () -> account.kms.putKeyPolicy(r -> r.keyId(key).policy(longest + " ")))
          .isNotBlank();
    }
  }
}
