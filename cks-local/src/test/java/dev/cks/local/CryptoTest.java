package dev.cks.local;

import static dev.cks.local.CryptoCalls.INCORRECT_KEY;
import static dev.cks.local.CryptoCalls.INVALID_CIPHERTEXT;
import static dev.cks.local.CryptoCalls.SECRET;
import static dev.cks.local.CryptoCalls.decrypt;
import static dev.cks.local.CryptoCalls.encrypt;
import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

/** Encrypt and Decrypt: names, states, contexts, ciphertexts that are none (spec D.11, E). */
class CryptoTest {
  private static final String INVALID_STATE = "KMSInvalidStateException";

  @Nested
  class RoundTrips {
    @ParameterizedTest
    @EnumSource(Home.class)
    void decrypt_ofWhatWasEncrypted_answersPlaintextAndKey(Home home) {
      try (Account account = Account.connected()) {
        String key = home.key(account);
        EncryptResponse encrypted = account.kms.encrypt(r -> r.keyId(key).plaintext(SECRET));
        assertThat(encrypted.keyId()).isEqualTo(key);
        assertThat(encrypted.encryptionAlgorithm())
            .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);

        DecryptResponse decrypted =
            account.kms.decrypt(r -> r.ciphertextBlob(encrypted.ciphertextBlob()));
        assertThat(decrypted.plaintext()).isEqualTo(SECRET);
        assertThat(decrypted.keyId()).isEqualTo(key);
        assertThat(decrypted.encryptionAlgorithm())
            .isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 4096})
    void encrypt_upTo4096Bytes_isDone(int length) {
      try (Account account = Account.connected()) {
        SdkBytes plaintext = SdkBytes.fromByteArray(new byte[length]);
        String key = account.customKey();

        SdkBytes blob =
            account.kms.encrypt(r -> r.keyId(key).plaintext(plaintext)).ciphertextBlob();

        assertThat(decrypt(account, blob, Map.of())).isEqualTo(plaintext);
        assertThat(blob.asByteArray().length).isLessThanOrEqualTo(6144);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4097})
    void encrypt_ofNothingOrTooMuch_isRefused(int length) {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        assertRefused(
                "ValidationException",
                () ->
                    account.kms.encrypt(
                        r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(new byte[length]))))
            .startsWith(
                "1 validation error detected: Value at 'plaintext' failed to satisfy constraint:"
                    + " Member must have length ");
      }
    }

    @Test
    void encrypt_twice_givesDifferentBlobs() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertThat(account.encrypt(key, "same")).isNotEqualTo(account.encrypt(key, "same"));
      }
    }

    @Test
    void everyNameOfAKey_isAccepted() {
      try (Account account = Account.connected()) {
        String arn = account.customKey();
        account.kms.createAlias(r -> r.aliasName("alias/orders").targetKeyId(arn));
        String prefix = "arn:aws:kms:us-east-1:111122223333:";
        for (String name :
            List.of(
                arn,
                arn.substring((prefix + "key/").length()),
                "alias/orders",
                prefix + "alias/orders")) {
          SdkBytes blob = account.encrypt(name, "by name");
          assertThat(
                  account
                      .kms
                      .decrypt(r -> r.ciphertextBlob(blob).keyId(name))
                      .plaintext()
                      .asUtf8String())
              .isEqualTo("by name");
        }
      }
    }

    @Test
    void blobs_outliveDisconnectAndReconnect() {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(account.customKey(), "kept");
        account.disconnect();
        account.connect();

        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }
  }

  /** One row of the decision table after another (spec E.3). */
  @Nested
  class DecryptDecisions {
    private void refusedAsInvalid(Account account, SdkBytes blob) {
      assertRefused(INVALID_CIPHERTEXT, () -> account.decrypt(blob)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Home.class)
    void otherKey_isIncorrect(Home home) {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(home.key(account), "x");
        String other = account.customKey();

        assertRefused(
                "IncorrectKeyException",
                () -> account.kms.decrypt(r -> r.ciphertextBlob(blob).keyId(other)))
            .isEqualTo(INCORRECT_KEY);
      }
    }

    @Test
    void unknownKey_isNotFound() {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(account.customKey(), "x");
        String unknown = "1234abcd-12ab-34cd-56ef-1234567890ab";

        assertRefused(
                "NotFoundException",
                () -> account.kms.decrypt(r -> r.ciphertextBlob(blob).keyId(unknown)))
            .isEqualTo(
                "Key 'arn:aws:kms:us-east-1:111122223333:key/" + unknown + "' does not exist");
      }
    }

    @Test
    void everyFlippedByte_isInvalid() {
      try (Account account = Account.connected()) {
        byte[] blob = account.encrypt(account.customKey(), "x").asByteArray();
        for (int i = 0; i < blob.length; i++) {
          byte[] flipped = blob.clone();
          flipped[i] ^= 1;
          refusedAsInvalid(account, SdkBytes.fromByteArray(flipped));
        }
      }
    }

    @Test
    void everyTruncation_andExtension_isInvalid() {
      try (Account account = Account.connected()) {
        byte[] blob = account.encrypt(account.customKey(), "x").asByteArray();
        for (int length = 1; length < blob.length; length++) {
          refusedAsInvalid(account, SdkBytes.fromByteArray(Arrays.copyOf(blob, length)));
        }
        refusedAsInvalid(account, SdkBytes.fromByteArray(Arrays.copyOf(blob, blob.length + 1)));
      }
    }

    @Test
    void headerOfAnotherKey_isInvalid() {
      try (Account account = Account.connected()) {
        byte[] one = account.encrypt(account.customKey(), "x").asByteArray();
        byte[] other = account.encrypt(account.customKey(), "x").asByteArray();
        System.arraycopy(other, 0, one, 0, 33);

        refusedAsInvalid(account, SdkBytes.fromByteArray(one));
      }
    }

    @Test
    void blobOfAnotherAccount_isInvalid() {
      try (Account account = Account.connected();
          Account stranger = Account.connected(plan -> plan.seed(2))) {
        refusedAsInvalid(account, stranger.encrypt(stranger.customKey(), "x"));
      }
    }

    @Test
    void otherAlgorithm_isInvalidUsage() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "x");

        assertRefused(
                "InvalidKeyUsageException",
                () ->
                    account.kms.decrypt(
                        r ->
                            r.ciphertextBlob(blob)
                                .keyId(key)
                                .encryptionAlgorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256)))
            .contains("RSAES_OAEP_SHA_256");
        assertRefused(
                "InvalidKeyUsageException",
                () ->
                    account.kms.encrypt(
                        r ->
                            r.keyId(key)
                                .plaintext(SECRET)
                                .encryptionAlgorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_1)))
            .contains("RSAES_OAEP_SHA_1");
      }
    }

    @Test
    void blob_isRequired() {
      try (Account account = Account.connected()) {
        assertRefused("ValidationException", () -> account.kms.decrypt(r -> r.keyId("x")))
            .contains("'ciphertextBlob'");
      }
    }
  }

  /** Each operation that needs a key's material, in each state that does not give it. */
  @Nested
  class States {
    private void assertUnusable(
        Account account, String key, SdkBytes blob, String code, String text) {
      var kms = account.kms;
      String other = account.standardKey();
      SdkBytes otherBlob = account.encrypt(other, "x");
      assertRefused(code, () -> account.encrypt(key, "x")).isEqualTo(text);
      assertRefused(code, () -> account.decrypt(blob)).isEqualTo(text);
      assertRefused(code, () -> kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(other)))
          .isEqualTo(text);
      assertRefused(
              code, () -> kms.reEncrypt(r -> r.ciphertextBlob(otherBlob).destinationKeyId(key)))
          .isEqualTo(text);
      assertRefused(code, () -> kms.generateDataKey(r -> r.keyId(key).numberOfBytes(16)))
          .isEqualTo(text);
      assertRefused(
              code, () -> kms.generateDataKeyWithoutPlaintext(r -> r.keyId(key).numberOfBytes(16)))
          .isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(Home.class)
    void disabledKey_isRefused(Home home) {
      try (Account account = Account.connected()) {
        String key = home.key(account);
        SdkBytes blob = account.encrypt(key, "x");
        account.kms.disableKey(r -> r.keyId(key));

        assertUnusable(account, key, blob, "DisabledException", key + " is disabled.");
      }
    }

    @ParameterizedTest
    @EnumSource(Home.class)
    void keyPendingDeletion_isRefused(Home home) {
      try (Account account = Account.connected()) {
        String key = home.key(account);
        SdkBytes blob = account.encrypt(key, "x");
        account.kms.scheduleKeyDeletion(r -> r.keyId(key));

        assertUnusable(account, key, blob, INVALID_STATE, key + " is pending deletion.");
      }
    }

    @Test
    void keyOfDisconnectedStore_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "x");
        account.disconnect();

        assertUnusable(account, key, blob, INVALID_STATE, key + " is unavailable.");
      }
    }

    /** The state wins over a wrong context, and over a dry run (the order of spec D.1). */
    @Test
    void state_isToldBeforeAnythingElseOfTheRequest() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "x");
        account.disconnect();

        assertRefused(INVALID_STATE, () -> decrypt(account, blob, Map.of("wrong", "context")))
            .isEqualTo(key + " is unavailable.");
        assertRefused(
                INVALID_STATE,
                () -> account.kms.encrypt(r -> r.keyId(key).plaintext(SECRET).dryRun(true)))
            .isEqualTo(key + " is unavailable.");
      }
    }
  }

  @Nested
  class Context {
    private final Map<String, String> context = Map.of("Dept", "IT", "purpose", "test");

    private void assertBound(Map<String, String> other) {
      try (Account account = Account.connected()) {
        SdkBytes blob = encrypt(account, account.customKey(), context);

        assertRefused(INVALID_CIPHERTEXT, () -> decrypt(account, blob, other)).isNull();
        assertThat(decrypt(account, blob, context)).isEqualTo(SECRET);
      }
    }

    @Test
    void context_inAnotherOrder_isTheSame() {
      Map<String, String> oneWay = new LinkedHashMap<>();
      Map<String, String> otherWay = new LinkedHashMap<>();
      for (int i = 0; i < 8; i++) {
        oneWay.put("name" + i, "value" + i);
        otherWay.put("name" + (7 - i), "value" + (7 - i));
      }
      try (Account account = Account.connected()) {
        SdkBytes blob = encrypt(account, account.customKey(), oneWay);

        assertThat(decrypt(account, blob, otherWay)).isEqualTo(SECRET);
      }
    }

    @Test
    void context_thatIsEmpty_isNone() {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(account.customKey(), "secret");

        assertThat(decrypt(account, blob, Map.of())).isEqualTo(SECRET);
      }
    }

    @Test
    void context_leftOut_isRefused() {
      assertBound(Map.of());
    }

    @Test
    void context_withOtherCase_isRefused() {
      assertBound(Map.of("dept", "IT", "purpose", "test"));
      assertBound(Map.of("Dept", "it", "purpose", "test"));
    }

    @Test
    void context_withMoreOrFewerPairs_isRefused() {
      assertBound(Map.of("Dept", "IT"));
      assertBound(Map.of("Dept", "IT", "purpose", "test", "more", ""));
    }

    @Test
    void context_withTextMovedFromNameToValue_isRefused() {
      assertBound(Map.of("DeptI", "T", "purpose", "test"));
      assertBound(Map.of("purpose", "IT", "Dept", "test"));
    }

    @Test
    void context_whereThereWasNone_isRefused() {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(account.customKey(), "secret");

        assertRefused(INVALID_CIPHERTEXT, () -> decrypt(account, blob, context)).isNull();
      }
    }
  }

  @Test
  void blob_doesNotShowThePlaintext() {
    try (Account account = Account.connected()) {
      byte[] blob = account.encrypt(account.customKey(), "a plaintext to look for").asByteArray();

      assertThat(new String(blob, StandardCharsets.ISO_8859_1)).doesNotContain("plaintext");
    }
  }
}
