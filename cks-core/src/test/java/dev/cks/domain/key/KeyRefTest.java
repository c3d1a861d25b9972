package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRefTest {
  private static final String PREFIX = Keys.SCOPE.arnPrefix();

  private static KeyRef parse(String text) {
    return KeyRef.parse(text, Keys.SCOPE);
  }

  private static KmsException refusal(String text) {
    return catchThrowableOfType(KmsException.class, () -> parse(text));
  }

  private static void assertNotFound(String text, String message) {
    assertThat(refusal(text).code()).isEqualTo(KmsErrorCode.NOT_FOUND);
    assertThat(refusal(text)).hasMessage(message);
  }

  @Test
  void parse_aKeyId_isById() {
    assertThat(parse(Keys.ID)).isEqualTo(new KeyRef.ById(KeyId.parse(Keys.ID).orElseThrow()));
  }

  @Test
  void parse_aMultiRegionKeyId_isById() {
    String id = "mrk-1234abcd12ab34cd56ef1234567890ab";

    assertThat(parse(id)).isEqualTo(new KeyRef.ById(KeyId.parse(id).orElseThrow()));
  }

  @Test
  void parse_aKeyArn_isByArn() {
    assertThat(parse(Keys.ARN)).isEqualTo(new KeyRef.ByArn(KeyId.parse(Keys.ID).orElseThrow()));
  }

  @Test
  void parse_anAliasName_isByAlias() {
    assertThat(parse("alias/orders")).isEqualTo(new KeyRef.ByAlias(new AliasName("alias/orders")));
  }

  @Test
  void parse_anAliasArn_isByAliasArn() {
    assertThat(parse(PREFIX + "alias/orders"))
        .isEqualTo(new KeyRef.ByAliasArn(new AliasName("alias/orders")));
  }

  @Test
  void parse_aliasArnWithAColonInTheName_keepsTheWholeName() {
    assertThat(parse(PREFIX + "alias/a:b"))
        .isEqualTo(new KeyRef.ByAliasArn(new AliasName("alias/a:b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "key",
        "1234abcd12ab34cd56ef1234567890ab",
        "1234abcd-12ab-34cd-56ef-1234567890a",
        "1234abcd-12ab-34cd-56ef-1234567890abc",
        "1234abcd-12ab-34cd-56ef-1234567890ag",
        "1234abcd-12ab-34cd-56ef-1234567890A\u0660",
        "1234abcd-12ab-34cd-56ef+1234567890ab",
        "mrk-fake",
        "mrk-1234abcd-12ab-34cd-56ef-12345678",
        "alias",
        "Alias/orders",
      })
  void parse_aMalformedId_isNotFound(String text) {
    assertNotFound(text, "Invalid keyId '" + text + "'");
  }

  @Test
  void parse_aKeyArnWithAMalformedId_namesTheIdOnly() {
    assertNotFound(PREFIX + "key/mrk-fake", "Invalid keyId 'mrk-fake'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"key/" + Keys.ID, "alias/orders"})
  void parse_anArnOfAnotherRegion_isNotFound(String resource) {
    assertNotFound("arn:aws:kms:us-west-2:111122223333:" + resource, "Invalid arn us-west-2");
  }

  @Test
  void parse_anArnOfAnotherPartition_isNotFound() {
    assertThat(refusal(Keys.ARN.replace("arn:aws:", "arn:aws-cn:")).code())
        .isEqualTo(KmsErrorCode.NOT_FOUND);
  }

  @Test
  void parse_aKeyArnOfAnotherAccount_doesNotTellWhetherTheKeyExists() {
    String foreign = Keys.ARN.replace("111122223333", "444455556666");

    assertNotFound(foreign, "Key '" + foreign + "' does not exist");
  }

  @Test
  void parse_anAliasArnOfAnotherAccount_isNotFound() {
    String foreign = "arn:aws:kms:us-east-1:444455556666:alias/orders";

    assertNotFound(foreign, "Alias " + foreign + " is not found.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:",
        "arn:aws",
        "arn:aws:kms:us-east-1:111122223333",
        "arn:aws:kms:us-east-1:111122223333:",
        "arn:aws:kms:us-east-1:111122223333:grant/x",
        "arn:aws:kms:us-east-1:111122223333:" + Keys.ID,
        "arn:aws:s3:us-east-1:111122223333:key/" + Keys.ID,
        "arn::::::",
      })
  void parse_whatBeginsLikeAnArnAndIsNone_isInvalidArn(String text) {
    assertThat(refusal(text).code()).isEqualTo(KmsErrorCode.INVALID_ARN);
  }
}
