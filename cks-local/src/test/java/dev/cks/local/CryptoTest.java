package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static dev.cks.local.Refusals.refusal;
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
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;

/** Using keys (spec B.8, D.11, E, J.2, J.4). */
class CryptoTest {
  private static final String INVALID_CIPHERTEXT = "InvalidCiphertextException";
  private static final String INVALID_STATE = "KMSInvalidStateException";
  private static final String INCORRECT_KEY =
      "The key ID in the request does not identify a CMK that can perform this operation.";
  private static final String DRY_RUN =
      "The request would have succeeded, but the DryRun option is set.";
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("secret");

  private enum Home {
    CUSTOM {
      @Override
      String key(Account account) {
        return account.customKey();
      }
    },
    STANDARD {
      @Override
      String key(Account account) {
        return account.standardKey();
      }
    };

    abstract String key(Account account);
  }

  private static SdkBytes encrypt(Account account, String key, Map<String, String> context) {
    return account
        .kms
        .encrypt(r -> r.keyId(key).plaintext(SECRET).encryptionContext(context))
        .ciphertextBlob();
  }

  private static SdkBytes decrypt(Account account, SdkBytes blob, Map<String, String> context) {
    return account.kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(context)).plaintext();
  }

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

  @Nested
  class ReEncrypting {
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
                INVALID_CIPHERTEXT,
                () -> decrypt(account, answer.ciphertextBlob(), Map.of("a", "1")))
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
                    account.kms.reEncrypt(
                        r -> r.ciphertextBlob(blob).destinationKeyId(destination)))
            .isEqualTo(source + " is unavailable.");
      }
    }
  }

  @Nested
  class Generating {
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

  @Nested
  class DryRuns {
    @Test
    void everyOperationThatWouldSucceed_saysSo() {
      try (Account account = Account.connected()) {
        var kms = account.kms;
        String code = "DryRunOperationException";
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "x");

        assertRefused(code, () -> kms.encrypt(r -> r.keyId(key).plaintext(SECRET).dryRun(true)))
            .isEqualTo(DRY_RUN);
        assertRefused(code, () -> kms.decrypt(r -> r.ciphertextBlob(blob).dryRun(true)))
            .isEqualTo(DRY_RUN);
        assertRefused(
                code,
                () -> kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(key).dryRun(true)))
            .isEqualTo(DRY_RUN);
        assertRefused(
                code, () -> kms.generateDataKey(r -> r.keyId(key).numberOfBytes(1).dryRun(true)))
            .isEqualTo(DRY_RUN);
        assertRefused(
                code,
                () ->
                    kms.generateDataKeyWithoutPlaintext(
                        r -> r.keyId(key).numberOfBytes(1).dryRun(true)))
            .isEqualTo(DRY_RUN);
      }
    }

    @Test
    void dryRun_looksAtTheCiphertextsHeader() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        byte[] forged = account.encrypt(key, "x").asByteArray();
        forged[20] ^= 1; // the material that the header names is not this key's
        SdkBytes blob = SdkBytes.fromByteArray(forged);
        SdkBytes cut = SdkBytes.fromByteArray(Arrays.copyOf(forged, 20));

        for (SdkBytes bad : List.of(blob, cut)) {
          assertRefused(
                  "InvalidCiphertextException",
                  () -> account.kms.decrypt(r -> r.ciphertextBlob(bad).keyId(key).dryRun(true)))
              .isNull();
          assertRefused(
                  "InvalidCiphertextException",
                  () ->
                      account.kms.reEncrypt(
                          r -> r.ciphertextBlob(bad).destinationKeyId(key).dryRun(true)))
              .isNull();
        }
      }
    }

    @Test
    void dryRun_tellsTheKeysStateBeforeTheCiphertextsTrouble_andAsksNoHsm() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        byte[] forged = account.encrypt(key, "x").asByteArray();
        SdkBytes genuine = SdkBytes.fromByteArray(forged);
        forged = genuine.asByteArray();
        forged[20] ^= 1;
        SdkBytes blob = SdkBytes.fromByteArray(forged);
        account.cluster.cutNetwork();
        assertRefused(
                "DryRunOperationException",
                () -> account.kms.decrypt(r -> r.ciphertextBlob(genuine).dryRun(true)))
            .isEqualTo(DRY_RUN);

        account.kms.disableKey(r -> r.keyId(key));
        assertRefused(
                "DisabledException",
                () -> account.kms.decrypt(r -> r.ciphertextBlob(blob).dryRun(true)))
            .isNotBlank();
      }
    }

    @Test
    void dryRunThatWouldFail_saysWhy() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.kms.disableKey(r -> r.keyId(key));

        assertRefused(
                "DisabledException",
                () -> account.kms.encrypt(r -> r.keyId(key).plaintext(SECRET).dryRun(true)))
            .isEqualTo(key + " is disabled.");
      }
    }
  }

  /** Failing although the store is CONNECTED and the key Enabled (spec B.8). */
  @Nested
  class AlthoughConnected {
    private static final String NO_ANSWER = "KMS cannot communicate with your CloudHSM cluster";

    private void assertStillGreen(Account account, String key) {
      assertThat(account.connection()).hasToString("CONNECTED");
      assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
    }

    @Test
    void cutNetwork_isTold_andARetrySucceedsOnceItIsBack() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "kept");
        account.cluster.cutNetwork();

        for (int retry = 0; retry < 3; retry++) {
          KmsException refusal = refusal(INVALID_STATE, () -> account.encrypt(key, "x"));
          assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(NO_ANSWER);
          assertThat(refusal.statusCode()).isEqualTo(400);
        }
        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isEqualTo(NO_ANSWER);
        assertRefused(
                INVALID_STATE,
                () ->
                    account.kms.generateRandom(
                        r -> r.numberOfBytes(1).customKeyStoreId(account.store)))
            .isEqualTo(NO_ANSWER);
        assertStillGreen(account, key);

        account.cluster.restoreNetwork();
        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }

    @Test
    void oneReachableHsm_isEnough() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.cluster.partition("us-east-1a");
        account.cluster.stopNode("us-east-1b");

        assertThat(account.decrypt(account.encrypt(key, "one"))).isEqualTo("one");
      }
    }

    @Test
    void allHsmsStopped_isTold_andARetrySucceedsOnceOneRuns() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "kept");
        account.hsms().forEach(account.cluster::stopNode);

        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();
        assertStillGreen(account, key);

        account.cluster.startNode("us-east-1b");
        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }

    @Test
    void allHsmsDeleted_isTold_andANewHsmRepairsIt() {
      try (Account account = Account.connected()) {
        SdkBytes blob = account.encrypt(account.customKey(), "kept");
        account.hsms().forEach(account.cluster::removeHsm);

        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();

        account.cluster.addHsm("us-east-1c");
        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }

    @Test
    void deletedCluster_isTold() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "lost");
        account.aws.cloudHsm().deleteCluster(account.cluster.id());

        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();
        assertStillGreen(account, key);
        assertRefused("CloudHsmClusterInvalidConfigurationException", account::customKey)
            .isNotBlank();
      }
    }

    @Test
    void exhaustedSessions_areAServerFault_andEndWithTheBurst() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "kept");
        account.cluster.occupySessions(1024);

        KmsException refusal = refusal("KMSInternalException", () -> account.decrypt(blob));
        assertThat(refusal.awsErrorDetails().errorMessage()).contains("PKCS #11 sessions");
        assertThat(refusal.statusCode()).isEqualTo(500);
        assertRefused(
                "KMSInternalException",
                () ->
                    account.kms.generateRandom(
                        r -> r.numberOfBytes(1).customKeyStoreId(account.store)))
            .contains("PKCS #11 sessions");
        assertStillGreen(account, key);

        account.cluster.occupySessions(1023);
        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }

    @Test
    void deletedMaterial_isTold_andTheKeyBecomesUnavailable() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String other = account.customKey();
        SdkBytes blob = account.encrypt(key, "lost");
        account.cluster.deleteKey(key);
        assertThat(account.keyState(key)).as("nobody has used it yet").isEqualTo(KeyState.ENABLED);

        assertRefused(INVALID_STATE, () -> account.decrypt(blob))
            .isEqualTo(key + " is unavailable.");

        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
        assertThat(account.keyState(other)).isEqualTo(KeyState.ENABLED);
        assertThat(account.connection()).hasToString("CONNECTED");

        account.disconnect();
        account.connect();
        assertThat(account.keyState(key)).as("a new connection").isEqualTo(KeyState.ENABLED);
        assertRefused(INVALID_STATE, () -> account.encrypt(key, "x")).isNotBlank();
        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
      }
    }

    @Test
    void deletedMaterial_withKeyStateIgnoresMaterial_leavesTheState() {
      try (Account account = Account.connected(plan -> plan.keyStateIgnoresMaterial(true))) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "lost");
        account.cluster.deleteKey(key);

        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();

        assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
      }
    }

    @Test
    void materialThatMightBeOnAnHsmOutOfReach_isNotCalledDeleted() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        SdkBytes blob = account.encrypt(key, "kept");
        account.cluster.partition("us-east-1c");
        account.cluster.deleteKey(key);

        assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isEqualTo(NO_ANSWER);
        assertStillGreen(account, key);

        account.cluster.heal("us-east-1c");
        assertThat(account.decrypt(blob)).isEqualTo("kept");
      }
    }

    @Test
    void oneKeysTrouble_isNotAnothers() {
      try (Account account = Account.connected()) {
        String standard = account.standardKey();
        account.cluster.cutNetwork();

        assertThat(account.decrypt(account.encrypt(standard, "fine"))).isEqualTo("fine");
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
