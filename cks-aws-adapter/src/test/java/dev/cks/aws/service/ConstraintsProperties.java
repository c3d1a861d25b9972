package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.error.KmsException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;

class ConstraintsProperties {

  private static Optional<String> refusalOf(SdkPojo request) {
    try {
      Constraints.check(request);
      return Optional.empty();
    } catch (KmsException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Property
  void aKeyIdHasBetween1And2048Characters(@ForAll @StringLength(max = 3000) String keyId) {
    int length = keyId.codePointCount(0, keyId.length());
    boolean right = length >= 1 && length <= 2048;
    assertThat(refusalOf(DescribeKeyRequest.builder().keyId(keyId).build()).isEmpty())
        .isEqualTo(right);
  }

  @Property
  void aPlaintextHasBetween1And4096Bytes(@ForAll @IntRange(max = 5000) int length) {
    EncryptRequest request =
        EncryptRequest.builder()
            .keyId("k")
            .plaintext(SdkBytes.fromByteArray(new byte[length]))
            .build();
    assertThat(refusalOf(request).isEmpty()).isEqualTo(length >= 1 && length <= 4096);
  }

  @Property
  void aDataKeyHasBetween1And1024Bytes(@ForAll int length) {
    GenerateDataKeyRequest request =
        GenerateDataKeyRequest.builder().keyId("k").numberOfBytes(length).build();
    assertThat(refusalOf(request).isEmpty()).isEqualTo(length >= 1 && length <= 1024);
  }

  @Property
  void aPasswordNeverComesBack(
      @ForAll @CharRange(from = 'P', to = 'Z') @StringLength(min = 33, max = 80) String password) {
    Optional<String> refusal =
        refusalOf(CreateCustomKeyStoreRequest.builder().keyStorePassword(password).build());
    assertThat(refusal)
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .startsWith("2 validation errors detected: ")
                    .doesNotContain(password));
  }

  @Property
  void aMessageCountsItsItems(@ForAll @StringLength(max = 300) String aliasName) {
    CreateAliasRequest request = CreateAliasRequest.builder().aliasName(aliasName).build();
    assertThat(refusalOf(request))
        .hasValueSatisfying(
            message -> {
              int items = message.split(" failed to satisfy constraint: ", -1).length - 1;
              assertThat(message)
                  .startsWith(items + " validation " + (items == 1 ? "error" : "errors"));
            });
  }
}
