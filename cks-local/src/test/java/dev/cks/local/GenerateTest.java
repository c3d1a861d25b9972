package dev.cks.local;

import static dev.cks.local.CryptoCalls.decrypt;
import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;

/** Data keys and random numbers (spec D.11). */
class GenerateTest {
  @ParameterizedTest
  @EnumSource(Home.class)
  void dataKey_ofEachSpec_decryptsToItsPlaintext(Home home) {
    try (Account account = Account.connected()) {
      String key = home.key(account);
      Map<DataKeySpec, Integer> sizes = Map.of(DataKeySpec.AES_128, 16, DataKeySpec.AES_256, 32);
      sizes.forEach(
          (spec, size) -> {
            GenerateDataKeyResponse answer =
                account.kms.generateDataKey(r -> r.keyId(key).keySpec(spec));

            assertThat(answer.plaintext().asByteArray()).hasSize(size);
            assertThat(answer.keyId()).isEqualTo(key);
            assertThat(decrypt(account, answer.ciphertextBlob(), Map.of()))
                .isEqualTo(answer.plaintext());
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 1024})
  void dataKey_ofSoManyBytes_hasSoMany(int size) {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertThat(
              account
                  .kms
                  .generateDataKey(r -> r.keyId(key).numberOfBytes(size))
                  .plaintext()
                  .asByteArray())
          .hasSize(size);
      SdkBytes blob =
          account
              .kms
              .generateDataKeyWithoutPlaintext(r -> r.keyId(key).numberOfBytes(size))
              .ciphertextBlob();
      assertThat(decrypt(account, blob, Map.of()).asByteArray()).hasSize(size);
    }
  }

  @Test
  void dataKeys_differ() {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertThat(account.kms.generateDataKey(r -> r.keyId(key).numberOfBytes(32)).plaintext())
          .isNotEqualTo(
              account.kms.generateDataKey(r -> r.keyId(key).numberOfBytes(32)).plaintext());
    }
  }

  @Test
  void dataKey_withBothSizesOrNone_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String text = "Please specify either number of bytes or key spec.";

      assertRefused("ValidationException", () -> account.kms.generateDataKey(r -> r.keyId(key)))
          .isEqualTo(text);
      assertRefused(
              "ValidationException",
              () ->
                  account.kms.generateDataKey(
                      r -> r.keyId(key).numberOfBytes(16).keySpec(DataKeySpec.AES_128)))
          .isEqualTo(text);
      assertRefused(
              "ValidationException",
              () -> account.kms.generateDataKeyWithoutPlaintext(r -> r.keyId(key)))
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1025})
  void sizes_outside1To1024_areRefused(int size) {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String start =
          "1 validation error detected: Value '"
              + size
              + "' at 'numberOfBytes' failed to satisfy constraint: Member must have value ";

      assertRefused(
              "ValidationException",
              () -> account.kms.generateDataKey(r -> r.keyId(key).numberOfBytes(size)))
          .startsWith(start);
      assertRefused(
              "ValidationException", () -> account.kms.generateRandom(r -> r.numberOfBytes(size)))
          .startsWith(start);
    }
  }

  @Test
  void random_withoutSize_isRefused() {
    try (Account account = Account.connected()) {
      assertRefused("ValidationException", () -> account.kms.generateRandom(r -> {}))
          .isEqualTo("NumberOfBytes is required.");
    }
  }

  @Test
  void random_withoutStore_needsNone() {
    try (Account account = Account.disconnected()) {
      assertThat(account.kms.generateRandom(r -> r.numberOfBytes(64)).plaintext().asByteArray())
          .hasSize(64)
          .isNotEqualTo(new byte[64]);
    }
  }
}
