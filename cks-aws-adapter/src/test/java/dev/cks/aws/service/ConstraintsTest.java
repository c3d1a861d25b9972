package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.SignRequest;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.XksProxyAuthenticationCredentialType;

class ConstraintsTest {
  private static final String CANARY = "canary-that-must-never-be-printed-anywhere";

  private static String refusalOf(SdkPojo request) {
    KmsException refused =
        catchThrowableOfType(KmsException.class, () -> Constraints.check(request));
    assertThat(refused).as("refusal of %s", request).isNotNull();
    assertThat(refused.code()).isEqualTo(KmsErrorCode.VALIDATION);
    return String.valueOf(refused.getMessage());
  }

  private static void assertAccepted(SdkPojo request) {
    assertThatCode(() -> Constraints.check(request)).doesNotThrowAnyException();
  }

  @Test
  void requiredMember() {
    assertThat(refusalOf(DescribeKeyRequest.builder().build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'keyId' failed to satisfy constraint:"
                + " Member must not be null");
  }

  @Test
  void minimumLength() {
    assertThat(refusalOf(DescribeKeyRequest.builder().keyId("").build()))
        .isEqualTo(
            "1 validation error detected: Value '' at 'keyId' failed to satisfy constraint:"
                + " Member must have length greater than or equal to 1");
  }

  @Test
  void maximumLength() {
    String longId = "a".repeat(2049);
    assertThat(refusalOf(DescribeKeyRequest.builder().keyId(longId).build()))
        .isEqualTo(
            "1 validation error detected: Value '"
                + longId
                + "' at 'keyId' failed to satisfy constraint: Member must have length less than or"
                + " equal to 2048");
  }

  @Test
  void lengthCountsCharactersNotUtf16Units() {
    String smile = "\uD83D\uDE00";
    assertAccepted(CreateCustomKeyStoreRequest.builder().customKeyStoreName("a").build());
    assertAccepted(
        CreateCustomKeyStoreRequest.builder().customKeyStoreName(smile.repeat(256)).build());
    assertThat(
            refusalOf(
                CreateCustomKeyStoreRequest.builder()
                    .customKeyStoreName(smile.repeat(257))
                    .build()))
        .contains("Member must have length less than or equal to 256");
  }

  @Test
  void range() {
    assertThat(refusalOf(GenerateRandomRequest.builder().numberOfBytes(0).build()))
        .isEqualTo(
            "1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy"
                + " constraint: Member must have value greater than or equal to 1");
    assertThat(refusalOf(GenerateRandomRequest.builder().numberOfBytes(1025).build()))
        .isEqualTo(
            "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy"
                + " constraint: Member must have value less than or equal to 1024");
    assertAccepted(GenerateRandomRequest.builder().numberOfBytes(1024).build());
    assertAccepted(ListKeysRequest.builder().limit(1000).build());
  }

  @Test
  void enumeration() {
    assertThat(refusalOf(GenerateDataKeyRequest.builder().keyId("k").keySpec("AES_512").build()))
        .isEqualTo(
            "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [AES_256, AES_128]");
  }

  @Test
  void pattern() {
    assertThat(
            refusalOf(CreateAliasRequest.builder().aliasName("alias/a b").targetKeyId("k").build()))
        .isEqualTo(
            "1 validation error detected: Value 'alias/a b' at 'aliasName' failed to satisfy"
                + " constraint: Member must satisfy regular expression pattern:"
                + " ^[a-zA-Z0-9:/_-]+$");
  }

  @Test
  void patternCoversTheWholeValue() {
    assertThat(
            refusalOf(
                CreateCustomKeyStoreRequest.builder()
                    .customKeyStoreName("n")
                    .cloudHsmClusterId("a cluster-abcdefghijk")
                    .build()))
        .endsWith("Member must satisfy regular expression pattern: cluster-[2-7a-zA-Z]{11,16}");
  }

  @Test
  void blobsOmitTheValue() {
    assertThat(
            refusalOf(
                EncryptRequest.builder()
                    .keyId("k")
                    .plaintext(SdkBytes.fromByteArray(new byte[4097]))
                    .build()))
        .isEqualTo(
            "1 validation error detected: Value at 'plaintext' failed to satisfy constraint:"
                + " Member must have length less than or equal to 4096");
    assertThat(
            refusalOf(DecryptRequest.builder().ciphertextBlob(SdkBytes.fromUtf8String("")).build()))
        .isEqualTo(
            "1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint:"
                + " Member must have length greater than or equal to 1");
  }

  @Test
  void allViolationsAtOnceInTheOrderOfTheMembers() {
    assertThat(
            refusalOf(
                CreateKeyRequest.builder()
                    .keyUsage("FOO")
                    .xksKeyId("b d")
                    .tags(
                        Tag.builder().tagKey("").tagValue("v").build(),
                        Tag.builder().tagKey("k").build())
                    .build()))
        .isEqualTo(
            "4 validation errors detected: "
                + "Value 'FOO' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum"
                + " value set: [SIGN_VERIFY, ENCRYPT_DECRYPT, GENERATE_VERIFY_MAC, KEY_AGREEMENT]; "
                + "Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must"
                + " have length greater than or equal to 1; "
                + "Value null at 'tags.2.member.tagValue' failed to satisfy constraint: Member must"
                + " not be null; "
                + "Value 'b d' at 'xksKeyId' failed to satisfy constraint: Member must satisfy"
                + " regular expression pattern: ^[a-zA-Z0-9-_.]+$");
  }

  @Test
  void oneMemberCanBreakTwoConstraints() {
    assertThat(
            refusalOf(
                CreateCustomKeyStoreRequest.builder()
                    .customKeyStoreName("n")
                    .cloudHsmClusterId("cluster-1")
                    .build()))
        .isEqualTo(
            "2 validation errors detected: Value 'cluster-1' at 'cloudHsmClusterId' failed to"
                + " satisfy constraint: Member must have length greater than or equal to 19;"
                + " Value 'cluster-1' at 'cloudHsmClusterId' failed to satisfy constraint: Member"
                + " must satisfy regular expression pattern: cluster-[2-7a-zA-Z]{11,16}");
  }

  @Test
  void listsAndTheirElements() {
    List<String> eleven = Collections.nCopies(11, "t");
    assertThat(refusalOf(DescribeKeyRequest.builder().keyId("k").grantTokens(eleven).build()))
        .startsWith("1 validation error detected: Value '[t, t,")
        .endsWith(
            "at 'grantTokens' failed to satisfy constraint: Member must have length less than or"
                + " equal to 10");
    assertThat(refusalOf(DescribeKeyRequest.builder().keyId("k").grantTokens("ok", "").build()))
        .isEqualTo(
            "1 validation error detected: Value '' at 'grantTokens.2.member' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 1");
    assertThat(
            refusalOf(
                CreateGrantRequest.builder()
                    .keyId("k")
                    .granteePrincipal("p")
                    .operationsWithStrings("Decrypt", "Fly")
                    .build()))
        .startsWith(
            "1 validation error detected: Value 'Fly' at 'operations.2.member' failed to satisfy"
                + " constraint: Member must satisfy enum value set: [Decrypt, Encrypt,");
  }

  @Test
  void aRequiredListThatWasNotGivenIsMissingAndAnEmptyOneIsNot() {
    assertThat(refusalOf(TagResourceRequest.builder().keyId("k").build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'tags' failed to satisfy constraint:"
                + " Member must not be null");
    assertAccepted(TagResourceRequest.builder().keyId("k").tags(List.of()).build());
  }

  @Test
  void nullsInsideCollections() {
    List<Tag> tags = new ArrayList<>();
    tags.add(null);
    assertThat(refusalOf(TagResourceRequest.builder().keyId("k").tags(tags).build()))
        .contains("Value null at 'tags.1.member'");
    Map<String, String> context = new HashMap<>();
    context.put("purpose", null);
    assertThat(
            refusalOf(
                EncryptRequest.builder()
                    .keyId("k")
                    .plaintext(SdkBytes.fromUtf8String("p"))
                    .encryptionContext(context)
                    .build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'encryptionContext.purpose.member' failed"
                + " to satisfy constraint: Member must not be null");
  }

  @Test
  void passwordsAreNotEchoed() {
    assertThat(
            refusalOf(
                CreateCustomKeyStoreRequest.builder()
                    .customKeyStoreName("n")
                    .keyStorePassword(CANARY)
                    .build()))
        .isEqualTo(
            "1 validation error detected: Value at 'keyStorePassword' failed to satisfy"
                + " constraint: Member must have length less than or equal to 32");
    assertThat(
            refusalOf(
                UpdateCustomKeyStoreRequest.builder()
                    .customKeyStoreId("cks-1")
                    .keyStorePassword(CANARY.substring(0, 6))
                    .build()))
        .isEqualTo(
            "1 validation error detected: Value at 'keyStorePassword' failed to satisfy"
                + " constraint: Member must have length greater than or equal to 7");
  }

  @Test
  void proxyCredentialsAreNotEchoed() {
    assertThat(
            refusalOf(
                UpdateCustomKeyStoreRequest.builder()
                    .customKeyStoreId("cks-1")
                    .xksProxyAuthenticationCredential(
                        XksProxyAuthenticationCredentialType.builder()
                            .accessKeyId(CANARY)
                            .rawSecretAccessKey(CANARY)
                            .build())
                    .build()))
        .startsWith("4 validation errors detected: ")
        .contains("Value at 'xksProxyAuthenticationCredential.rawSecretAccessKey'")
        .doesNotContain("canary");
  }

  @Test
  void plaintextsAreNotEchoed() {
    assertThat(
            refusalOf(
                SignRequest.builder()
                    .keyId("k")
                    .signingAlgorithm("ECDSA_SHA_256")
                    .message(SdkBytes.fromUtf8String(CANARY.repeat(100)))
                    .build()))
        .startsWith("1 validation error detected: Value at 'message'")
        .doesNotContain("canary");
  }

  @Test
  void thePendingWindowIsLeftToTheServices() {
    assertAccepted(
        ScheduleKeyDeletionRequest.builder().keyId("k").pendingWindowInDays(366).build());
  }

  @Test
  void anAliasWithoutItsPrefixIsLeftToTheServices() {
    assertAccepted(CreateAliasRequest.builder().aliasName("orders").targetKeyId("k").build());
  }
}
