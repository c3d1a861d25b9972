package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which signatures are good, and how the others are refused. */
class SigV4VerifierTest {
  private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private static final byte[] BODY =
      "{\"KeyId\":\"alias/orders\"}".getBytes(StandardCharsets.UTF_8);
  private static final Credentials SESSION =
      Credentials.of("ASIAEXAMPLE", "secret", "arn:aws:sts::111122223333:assumed-role/Ops/Bob")
          .withSessionToken("a+token/==");

  private static SigV4Verifier at(Instant now) {
    return new SigV4Verifier(List.of(Signing.ALICE, SESSION), Signing.REGION, () -> now);
  }

  private static Request signed(Signing signing) {
    return Signing.received(signing.sign(Signing.post("DescribeKey").build(), BODY), BODY);
  }

  private static void assertRefused(Request request, String code, String text) {
    assertThatThrownBy(() -> at(NOW).verify(request, "kms"))
        .isInstanceOfSatisfying(
            SignatureFault.class,
            fault -> {
              assertThat(fault.status()).isEqualTo(400);
              assertThat(fault.code()).isEqualTo(code);
              assertThat(fault.text()).contains(text);
            });
  }

  @Test
  void theSignerOfAGoodSignatureIsKnown() {
    assertThat(at(NOW).verify(signed(Signing.kms(NOW)), "kms")).isEqualTo(Signing.ALICE);
  }

  @Test
  void temporaryCredentialsComeWithTheirToken() {
    Request request = signed(Signing.kms(NOW).with(SESSION));
    assertThat(at(NOW).verify(request, "kms")).isEqualTo(SESSION);
    assertRefused(
        Signing.altered(request, "X-Amz-Security-Token", "a+token/=!"),
        "UnrecognizedClientException",
        "security token");
    assertRefused(
        Signing.altered(request, "X-Amz-Security-Token", null),
        "UnrecognizedClientException",
        "security token");
  }

  @Test
  void aTokenWhereNoneBelongsIsRefused() {
    Credentials withToken = Signing.ALICE.withSessionToken("t");
    assertRefused(
        signed(Signing.kms(NOW).with(withToken)), "UnrecognizedClientException", "security token");
  }

  @Test
  void anUnsignedRequestIsToldSo() {
    assertRefused(
        Signing.altered(signed(Signing.kms(NOW)), "Authorization", null),
        "MissingAuthenticationTokenException",
        "Missing Authentication Token");
  }

  @Test
  void anUnknownAccessKeyIsToldSo() {
    Credentials stranger = Credentials.of("AKIASTRANGER", "secret", "arn:aws:iam::1:user/X");
    assertRefused(
        signed(Signing.kms(NOW).with(stranger)),
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  @Test
  void anotherSecretIsAnotherSignature() {
    Credentials guessed =
        Credentials.of(Signing.ALICE.accessKeyId(), "guess", Signing.ALICE.principalArn());
    assertRefused(
        signed(Signing.kms(NOW).with(guessed)),
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided.");
  }

  @Test
  void theScopeMustBeThisRegionAndService() {
    assertRefused(
        signed(Signing.kms(NOW).inRegion("eu-west-1")), "InvalidSignatureException", "region");
    assertRefused(
        signed(Signing.kms(NOW).forService("cloudhsm")), "InvalidSignatureException", "'kms'");
  }

  @ParameterizedTest
  @CsvSource({"-300, true", "-301, false", "300, true", "301, false"})
  void aSignatureIsGoodForFiveMinutes(long seconds, boolean good) {
    Request request = signed(Signing.kms(NOW));
    SigV4Verifier verifier = at(NOW.plus(Duration.ofSeconds(seconds)));
    if (good) {
      assertThat(verifier.verify(request, "kms")).isEqualTo(Signing.ALICE);
    } else {
      assertThatThrownBy(() -> verifier.verify(request, "kms"))
          .isInstanceOf(SignatureFault.class)
          .hasMessageContaining(seconds > 0 ? "Signature expired" : "Signature not yet current");
    }
  }

  @Test
  void expiryIsExplainedInAwssWords() {
    Request request = signed(Signing.kms(NOW.minusSeconds(600)));
    assertRefused(
        request,
        "InvalidSignatureException",
        "Signature expired: 20260304T045607Z is now earlier than 20260304T050107Z"
            + " (20260304T050607Z - 5 min.)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic abc",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e",
        "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Credential=a/b/c/d/e, SignedHeaders=h, Signature=0",
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host;date, Signature=0",
        "AWS4-HMAC-SHA256 ,,,=,=",
        "AWS4-ECDSA-P256-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=0"
      })
  void whatIsNoSignatureIsIncomplete(String header) {
    assertRefused(
        Signing.altered(signed(Signing.kms(NOW)), "Authorization", header),
        "IncompleteSignatureException",
        "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "x-amz-date", "x-amz-target"})
  void whatMattersMustBeSigned(String name) {
    Request request = signed(Signing.kms(NOW));
    String without =
        request.header("authorization").orElseThrow().replaceAll("(?<=[=;])" + name + ";?", "");
    assertRefused(
        Signing.altered(request, "Authorization", without.replace(";,", ",")),
        "InvalidSignatureException",
        "'" + name + "' must be a 'SignedHeader'");
  }

  @Test
  void theClaimedHashOfTheBodyMustBeTheBodys() {
    Request request = signed(Signing.kms(NOW));
    for (String claim : List.of("UNSIGNED-PAYLOAD", "0".repeat(64))) {
      assertRefused(
          Signing.altered(request, "x-amz-content-sha256", claim),
          "InvalidSignatureException",
          "does not match");
    }
  }

  @Test
  void twoSecretsForOneIdAreAMistake() {
    assertThatThrownBy(
            () ->
                new SigV4Verifier(List.of(Signing.ALICE, Signing.ALICE), Signing.REGION, () -> NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noSecretIsShown() {
    assertThat(SESSION.toString()).doesNotContain("secret").doesNotContain("token");
  }
}
