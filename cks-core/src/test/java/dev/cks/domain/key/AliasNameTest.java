package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasNameTest {
  private static KmsException refusal(String name) {
    return catchThrowableOfType(KmsException.class, () -> AliasName.ofCustomer(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alias/a", "alias/Orders_2-x/y:z", "alias/aws", "alias/awsome"})
  void ofCustomer_allowedName_isKept(String name) {
    assertThat(AliasName.ofCustomer(name)).hasToString(name);
  }

  /** The first and last of each range of characters, and their neighbours. */
  @Test
  void ofCustomer_edgesOfTheAllowedCharacters() {
    assertThat(AliasName.ofCustomer("alias/azAZ09:/_-").value()).hasSize(16);
    for (char c : "`{@[.;^,".toCharArray()) {
      assertThat(refusal("alias/a" + c).code()).isEqualTo(KmsErrorCode.INVALID_ALIAS_NAME);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "orders", "Alias/orders", "alias", "arn:aws:kms:x:y:alias/orders"})
  void ofCustomer_withoutThePrefix_isAValidationError(String name) {
    assertThat(refusal(name).code()).isEqualTo(KmsErrorCode.VALIDATION);
    assertThat(refusal(name)).hasMessageStartingWith("Alias must start with the prefix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alias/", "alias/a b", "alias/a.b", "alias/\u00e9", "alias/\u0660", "alias/a\n"})
  void ofCustomer_otherCharacters_isAnInvalidName(String name) {
    assertThat(refusal(name).code()).isEqualTo(KmsErrorCode.INVALID_ALIAS_NAME);
  }

  @Test
  void ofCustomer_atTheLimit_isKept_andBeyondIsInvalid() {
    String longest = "alias/" + "a".repeat(250);

    assertThat(AliasName.ofCustomer(longest).value()).hasSize(256);
    assertThat(refusal(longest + "a").code()).isEqualTo(KmsErrorCode.INVALID_ALIAS_NAME);
  }

  @Test
  void ofCustomer_reservedPrefix_isNotAuthorizedWithoutAMessage() {
    assertThat(refusal("alias/aws/ebs").code()).isEqualTo(KmsErrorCode.NOT_AUTHORIZED);
    assertThat(refusal("alias/aws/ebs").getMessage()).isNull();
  }

  @Test
  void arn_ofAnAlias_isInItsAccountAndRegion() {
    assertThat(new AliasName("alias/orders").arn(Keys.SCOPE))
        .isEqualTo("arn:aws:kms:us-east-1:111122223333:alias/orders");
  }
}
