package dev.cks.local;

import static dev.cks.local.CryptoCalls.INCORRECT_KEY;
import static dev.cks.local.CryptoCalls.INVALID_CIPHERTEXT;
import static dev.cks.local.CryptoCalls.SECRET;
import static dev.cks.local.CryptoCalls.decrypt;
import static dev.cks.local.CryptoCalls.encrypt;
import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** ReEncrypt, between the two homes of a key (spec D.11). */
class ReEncryptTest {
  private static final String INVALID_STATE = "KMSInvalidStateException";

  @ParameterizedTest
  @EnumSource(Home.class)
  void reEncrypt_fromOneHomeToTheOther_movesThePlaintext(Home from) {
    try (Account account = Account.connected()) {
      String source = from.key(account);
      String destination = (from == Home.CUSTOM ? Home.STANDARD : Home.CUSTOM).key(account);
      SdkBytes blob = encrypt(account, source, Map.of("a", "1"));

      ReEncryptResponse answer =
          account.kms.reEncrypt(
              r ->
                  r.ciphertextBlob(blob)
                      .sourceEncryptionContext(Map.of("a", "1"))
                      .destinationKeyId(destination)
                      .destinationEncryptionContext(Map.of("b", "2")));

      assertThat(answer.sourceKeyId()).isEqualTo(source);
      assertThat(answer.keyId()).isEqualTo(destination);
      assertThat(answer.sourceEncryptionAlgorithm())
          .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
      assertThat(answer.destinationEncryptionAlgorithm())
          .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
      assertThat(decrypt(account, answer.ciphertextBlob(), Map.of("b", "2"))).isEqualTo(SECRET);
      assertRefused(
              INVALID_CIPHERTEXT, () -> decrypt(account, answer.ciphertextBlob(), Map.of("a", "1")))
          .isNull();
      assertThat(decrypt(account, blob, Map.of("a", "1"))).isEqualTo(SECRET);
    }
  }

  @Test
  void reEncrypt_withWrongSource_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String other = account.customKey();
      SdkBytes blob = account.encrypt(key, "x");

      assertRefused(
              "IncorrectKeyException",
              () ->
                  account.kms.reEncrypt(
                      r -> r.ciphertextBlob(blob).sourceKeyId(other).destinationKeyId(key)))
          .isEqualTo(INCORRECT_KEY);
      assertRefused(
              INVALID_CIPHERTEXT,
              () ->
                  account.kms.reEncrypt(
                      r ->
                          r.ciphertextBlob(blob)
                              .sourceEncryptionContext(Map.of("a", "1"))
                              .destinationKeyId(other)))
          .isNull();
    }
  }

  @Test
  void reEncrypt_withTroubleOnBothSides_tellsTheSource() {
    try (Account account = Account.connected()) {
      String source = account.customKey();
      String destination = account.standardKey();
      SdkBytes blob = account.encrypt(source, "x");
      account.disconnect();
      account.kms.disableKey(r -> r.keyId(destination));

      assertRefused(
              INVALID_STATE,
              () ->
                  account.kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(destination)))
          .isEqualTo(source + " is unavailable.");
    }
  }
}
