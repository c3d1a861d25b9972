package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.KeyOperation;
import dev.cks.service.CryptoRequests.DataKey;
import dev.cks.service.CryptoRequests.Decrypt;
import dev.cks.service.CryptoRequests.Decrypted;
import dev.cks.service.CryptoRequests.Encrypt;
import dev.cks.service.CryptoRequests.GenerateDataKey;
import dev.cks.service.CryptoRequests.KeyTrial;
import dev.cks.service.CryptoRequests.ReEncrypt;
import dev.cks.service.CryptoRequests.ReEncrypted;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.RandomSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypt, Decrypt, ReEncrypt, data keys, random bytes: outcomes to the byte and to the word. */
class CryptoServiceTest {
  private static final EncryptionContext NONE = EncryptionContext.EMPTY;
  private static final EncryptionContext CONTEXT = EncryptionContext.of(Map.of("a", "b"));
  private static final EncryptionContext LONG =
      EncryptionContext.of(Map.of("purpose", "orders".repeat(40)));
  private static final EncryptionContext TWO = EncryptionContext.of(Map.of("a", "b", "c", "d"));
  private static final String INVALID = "InvalidCiphertextException";
  private static final String DRY =
      "DryRunOperationException: The request would have succeeded, but the DryRun option is set.";
  private static final String BAD_TOKEN =
      "InvalidGrantTokenException: The specified grant token is not valid.";
  private static final String NO_CONTACT =
      "KMSInvalidStateException: KMS cannot communicate with your CloudHSM cluster";
  private static final int OVERHEAD = CiphertextBlob.HEADER_LENGTH + 9;

  private final TestAccount account = new TestAccount(plan -> plan.auditCrypto(true));
  private final CryptoService crypto = account.kms.crypto();
  private String store;
  private String key;
  private String standard;

  @BeforeEach
  void createKeys() {
    store = account.connectedStore();
    key = account.key(store);
    standard = account.standardKey();
    account.begin();
  }

  @AfterEach
  void close() {
    account.close();
  }

  private byte[] encrypt(String keyId, int length, EncryptionContext context) {
    return crypto.encrypt(new Encrypt(keyId, text(length), context), account.caller()).ciphertext();
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (i * 7 + 1);
    }
    return text;
  }

  private String encryptRefusal(Encrypt request) {
    return account.outcome(() -> crypto.encrypt(request, account.caller()));
  }

  private String decryptRefusal(Decrypt request) {
    return account.outcome(() -> crypto.decrypt(request, account.caller()));
  }

  private static Decrypt under(String keyId, byte[] blob) {
    return new Decrypt(keyId, blob, NONE, null, List.of(), false);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 16, 100, 4096})
  void whatWasEncrypted_isDecrypted_withTheSameContextOnly(int length) {
    for (String home : List.of(key, standard)) {
      for (EncryptionContext context : List.of(NONE, CONTEXT, LONG, TWO)) {
        byte[] blob = encrypt(home, length, context);
        assertThat(blob).hasSize(OVERHEAD + length);
        Decrypted decrypted = crypto.decrypt(new Decrypt(blob, context), account.caller());
        assertThat(decrypted.plaintext()).isEqualTo(text(length));
        assertThat(decrypted.keyArn()).isEqualTo(TestAccount.arn(home));
        EncryptionContext other = context.equals(CONTEXT) ? NONE : CONTEXT;
        assertThat(decryptRefusal(new Decrypt(blob, other))).isEqualTo(INVALID);
      }
    }
  }

  @Test
  void answers_nameTheKey_andTheMaterialOfAStandardOne() {
    assertThat(crypto.encrypt(new Encrypt(key, text(1), NONE), account.caller()).keyArn())
        .isEqualTo(TestAccount.arn(key));
    String material = account.kms.keys().describe(standard, account.caller()).key().materialId();
    assertThat(material).isNotNull();
    assertThat(crypto.decrypt(new Decrypt(encrypt(key, 1, NONE), NONE), account.caller()))
        .extracting(Decrypted::materialId)
        .isNull();
    assertThat(crypto.decrypt(new Decrypt(encrypt(standard, 1, NONE), NONE), account.caller()))
        .extracting(Decrypted::materialId)
        .isEqualTo(material);
  }

  @Test
  void encrypt_intoTheCallersArray_writesTheSameBlob_andNothingElse() {
    byte[] expected = encrypt(key, 20, CONTEXT);
    byte[] into = new byte[200];
    Arrays.fill(into, (byte) 0x11);
    int written = crypto.encrypt(new Encrypt(key, text(20), CONTEXT), into, 7, account.caller());

    assertThat(written).isEqualTo(expected.length);
    assertThat(Arrays.copyOfRange(into, 7, 7 + written)).isEqualTo(expected);
    assertThat(Arrays.copyOfRange(into, 0, 7)).containsOnly((byte) 0x11);
    assertThat(Arrays.copyOfRange(into, 7 + written, 200)).containsOnly((byte) 0x11);
  }

  @Test
  void encrypt_intoTheArrayOfThePlaintext_hasNoRoom() {
    byte[] shared = text(200);

    assertThatThrownBy(
            () -> crypto.encrypt(new Encrypt(key, shared, NONE), shared, 0, account.caller()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(shared).as("nothing was written").isEqualTo(text(200));
  }

  @Test
  void encrypt_intoTooSmallAnArray_writesNothing() {
    byte[] into = new byte[OVERHEAD + 4];

    assertThatThrownBy(
            () -> crypto.encrypt(new Encrypt(key, text(4), NONE), into, 1, account.caller()))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(into).containsOnly((byte) 0);
    assertThat(crypto.encrypt(new Encrypt(key, text(4), NONE), into, 0, account.caller()))
        .isEqualTo(OVERHEAD + 4);
    assertThat(crypto.decrypt(new Decrypt(into, NONE), account.caller()).plaintext())
        .isEqualTo(text(4));
  }

  @Test
  void encrypt_intoAnArray_isRefusedAsAnyOther() {
    byte[] into = new byte[500];
    account.cluster.failNext("encrypt", Reason.UNREACHABLE);
    assertThat(
            account.outcome(
                () -> crypto.encrypt(new Encrypt(key, text(4), NONE), into, 0, account.caller())))
        .isEqualTo(NO_CONTACT);
    byte[] untouched = new byte[500];
    assertThat(
            account.outcome(
                () ->
                    crypto.encrypt(
                        new Encrypt(key, text(4), NONE, null, List.of(), true),
                        untouched,
                        0,
                        account.caller())))
        .isEqualTo(DRY);
    assertThat(untouched).containsOnly((byte) 0);
  }

  @Test
  void blobs_thatAreNone_areInvalid() {
    byte[] blob = encrypt(key, 10, NONE);
    assertThat(decryptRefusal(new Decrypt(new byte[0], NONE))).isEqualTo(INVALID);
    assertThat(decryptRefusal(new Decrypt(Arrays.copyOf(blob, OVERHEAD - 1), NONE)))
        .as("too short for an HSM's ciphertext")
        .isEqualTo(INVALID);
    assertThat(decryptRefusal(new Decrypt(Arrays.copyOf(blob, OVERHEAD), NONE))).isEqualTo(INVALID);
    for (int i = 0; i < blob.length; i++) {
      byte[] damaged = blob.clone();
      damaged[i] ^= 1;
      assertThat(decryptRefusal(new Decrypt(damaged, NONE))).isEqualTo(INVALID);
      if (i > 16) {
        assertThat(decryptRefusal(under(key, damaged))).isEqualTo(INVALID);
      }
    }
  }

  @Test
  void decrypt_withAKeyId_wantsThatKey() {
    byte[] blob = encrypt(key, 10, NONE);

    assertThat(decryptRefusal(under(TestAccount.arn(key), blob))).isEqualTo("ok");
    assertThat(decryptRefusal(under(standard, blob)))
        .isEqualTo(
            "IncorrectKeyException: The key ID in the request does not identify a CMK that can"
                + " perform this operation.");
    assertThat(decryptRefusal(under(TestAccount.NO_KEY, blob)))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void decrypt_withADeletedKey_saysThatItIsGone() {
    byte[] blob = encrypt(key, 10, NONE);
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    assertThat(decryptRefusal(new Decrypt(blob, NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is pending deletion.");
    account.time.advance(Duration.ofDays(7));

    assertThat(decryptRefusal(new Decrypt(blob, NONE)))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void key_thatWasNamedByItsArn_isGoneOnceItIsDeleted() {
    String arn = TestAccount.arn(key);
    for (int use = 0; use < 3; use++) {
      encrypt(arn, 1, NONE);
    }
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.time.advance(Duration.ofDays(7));

    assertThat(encryptRefusal(new Encrypt(arn, text(1), NONE)))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void alias_thatEndsAsAnArnOfAnotherKey_leadsToItsOwn() {
    String arn = TestAccount.arn(key);
    for (int use = 0; use < 3; use++) {
      encrypt(arn, 1, NONE); // what is named again and again is remembered
    }
    String alias = "alias/" + arn.substring(arn.length() - 8);
    account.kms.keys().aliases().create(alias, standard, account.caller());

    assertThat(crypto.encrypt(new Encrypt(alias, text(1), NONE), account.caller()).keyArn())
        .isEqualTo(TestAccount.arn(standard));
    assertThat(encryptRefusal(new Encrypt("x", text(1), NONE)))
        .isEqualTo("NotFoundException: Invalid keyId 'x'");
  }

  @Test
  void otherAlgorithm_isAnInvalidUsage() {
    byte[] blob = encrypt(key, 10, NONE);
    String refused =
        "InvalidKeyUsageException: Algorithm RSAES_OAEP_SHA_1 is incompatible with key spec"
            + " SYMMETRIC_DEFAULT of ARN:key/id1.";
    String rsa = "RSAES_OAEP_SHA_1";

    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE, rsa, List.of(), false)))
        .isEqualTo(refused);
    assertThat(decryptRefusal(new Decrypt(null, blob, NONE, rsa, List.of(), false)))
        .isEqualTo(refused);
    assertThat(reEncryptRefusal(blob, rsa, null, key, false)).isEqualTo(refused);
    assertThat(reEncryptRefusal(blob, null, rsa, key, false)).isEqualTo(refused);
    assertThat(
            encryptRefusal(new Encrypt(key, text(1), NONE, "SYMMETRIC_DEFAULT", List.of(), false)))
        .isEqualTo("ok");
  }

  private String reEncryptRefusal(
      byte[] blob, String source, String destination, String keyId, boolean dryRun) {
    return account.outcome(
        () ->
            crypto.reEncrypt(
                new ReEncrypt(
                    blob, null, NONE, source, keyId, CONTEXT, destination, List.of(), dryRun),
                account.caller()));
  }

  @Test
  void state_isToldBeforeTheAlgorithm_andTheTokenBeforeTheState() {
    byte[] blob = encrypt(key, 10, NONE);
    account.kms.keys().disable(key, account.caller());
    String disabled = "DisabledException: ARN:key/id1 is disabled.";
    List<String> bogus = List.of("x");

    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE, "x", bogus, false)))
        .isEqualTo(BAD_TOKEN);
    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE, "x", List.of(), false)))
        .isEqualTo(disabled);
    assertThat(decryptRefusal(new Decrypt(null, blob, NONE, "x", bogus, false)))
        .isEqualTo(BAD_TOKEN);
    assertThat(decryptRefusal(new Decrypt(null, blob, NONE, "x", List.of(), false)))
        .isEqualTo(disabled);
    assertThat(
            account.outcome(
                () ->
                    crypto.reEncrypt(
                        new ReEncrypt(blob, null, NONE, null, key, NONE, null, bogus, false),
                        account.caller())))
        .isEqualTo(BAD_TOKEN);
    assertThat(dataKeyRefusal(new GenerateDataKey(key, 1, null, NONE, bogus, false)))
        .isEqualTo(BAD_TOKEN);
    assertThat(dataKeyRefusal(new GenerateDataKey(key, 1, null, NONE, List.of(), false)))
        .isEqualTo(disabled);
    assertThat(trial(KeyOperation.DECRYPT, bogus, new KeyTrial(key, NONE, null)))
        .isEqualTo(BAD_TOKEN);
    assertThat(account.cluster.calls()).as("no HSM was asked").containsOnly("encrypt");
  }

  private String dataKeyRefusal(GenerateDataKey request) {
    return account.outcome(() -> crypto.generateDataKey(request, account.caller()));
  }

  private String trial(KeyOperation operation, List<String> tokens, KeyTrial... trials) {
    return account.outcome(
        () -> crypto.tryWithoutCiphertext(operation, List.of(trials), tokens, account.caller()));
  }

  @Test
  void reEncrypt_movesThePlaintext_fromKeyAndContextToOthers() {
    byte[] blob = encrypt(key, 10, NONE);
    ReEncrypted moved =
        crypto.reEncrypt(
            new ReEncrypt(blob, key, NONE, null, standard, CONTEXT, null, List.of(), false),
            account.caller());

    assertThat(moved.sourceKeyArn()).isEqualTo(TestAccount.arn(key));
    assertThat(moved.destinationKeyArn()).isEqualTo(TestAccount.arn(standard));
    assertThat(moved.sourceMaterialId()).isNull();
    assertThat(moved.destinationMaterialId()).hasSize(64);
    Decrypted decrypted =
        crypto.decrypt(new Decrypt(moved.ciphertext(), CONTEXT), account.caller());
    assertThat(decrypted.plaintext()).isEqualTo(text(10));
    assertThat(decrypted.keyArn()).isEqualTo(TestAccount.arn(standard));
  }

  @Test
  void reEncrypt_tellsTheTroubleOfTheSourceFirst() {
    byte[] blob = encrypt(key, 10, NONE);
    byte[] damaged = blob.clone();
    damaged[20] ^= 1;

    assertThat(reEncryptRefusal(damaged, null, null, TestAccount.NO_KEY, false)).isEqualTo(INVALID);
    assertThat(reEncryptRefusal(blob, null, null, TestAccount.NO_KEY, false))
        .startsWith("NotFoundException");
    account.kms.keys().disable(standard, account.caller());
    assertThat(reEncryptRefusal(blob, null, null, standard, false)).startsWith("DisabledException");
    assertThat(
            account.outcome(
                () ->
                    crypto.reEncrypt(
                        new ReEncrypt(
                            blob, standard, NONE, null, key, NONE, null, List.of(), false),
                        account.caller())))
        .startsWith("IncorrectKeyException");
    account.kms.keys().disable(key, account.caller());
    assertThat(reEncryptRefusal(blob, null, null, TestAccount.NO_KEY, false))
        .startsWith("DisabledException");
  }

  @Test
  void dataKey_comesInTheClearAndUnderTheKey() {
    GenerateDataKey request = new GenerateDataKey(standard, 24, null, CONTEXT, List.of(), false);
    DataKey first = crypto.generateDataKey(request, account.caller());
    DataKey second = crypto.generateDataKey(request, account.caller());

    assertThat(first.plaintext()).hasSize(24).isNotEqualTo(second.plaintext());
    assertThat(crypto.decrypt(new Decrypt(first.ciphertext(), CONTEXT), account.caller()))
        .extracting(Decrypted::plaintext)
        .isEqualTo(first.plaintext());
    assertThat(first.keyArn()).isEqualTo(TestAccount.arn(standard));
    assertThat(first.materialId()).hasSize(64);
  }

  @Test
  void dataKey_withoutPlaintext_comesUnderTheKeyOnly() {
    DataKey dataKey =
        crypto.generateDataKeyWithoutPlaintext(
            new GenerateDataKey(standard, 16, "AES_128", NONE, List.of(), false), account.caller());

    assertThat(dataKey.plaintext()).isEmpty();
    assertThat(dataKey.keyArn()).isEqualTo(TestAccount.arn(standard));
    assertThat(dataKey.materialId()).hasSize(64);
    assertThat(
            crypto.decrypt(new Decrypt(dataKey.ciphertext(), NONE), account.caller()).plaintext())
        .hasSize(16)
        .doesNotContain(0);
  }

  @Test
  void random_isDrawnHere_orInTheCluster() {
    byte[] here = crypto.generateRandom(32, null, account.caller());
    assertThat(here).hasSize(32).doesNotContain(0);
    assertThat(account.cluster.calls()).isEmpty();

    assertThat(crypto.generateRandom(3, store, account.caller())).containsExactly(4, 4, 4);
    assertThat(account.cluster.calls()).containsExactly("random");
    assertThat(
            account.outcome(() -> crypto.generateRandom(3, TestAccount.NO_STORE, account.caller())))
        .startsWith("CustomKeyStoreNotFoundException");
    account.cluster.failNext("random", Reason.KEY_NOT_FOUND);
    assertThat(account.outcome(() -> crypto.generateRandom(3, store, account.caller())))
        .isEqualTo("KMSInvalidStateException: The custom key store is unavailable.");
    account.cluster.beforeNext(
        "random", () -> account.kms.keyStores().disconnect(store, account.caller()));
    assertThat(account.outcome(() -> crypto.generateRandom(3, store, account.caller())))
        .isEqualTo(
            "CustomKeyStoreInvalidStateException: The custom key store was disconnected before the"
                + " request was completed.");
  }

  @Test
  void plaintexts_thatNobodyGets_areWiped() {
    crypto.generateDataKeyWithoutPlaintext(
        new GenerateDataKey(key, 16, null, NONE, List.of(), false), account.caller());
    assertThat(account.random.latest(RandomSource.Stream.MATERIAL))
        .hasSize(16)
        .containsOnly((byte) 0);

    reEncryptRefusal(encrypt(key, 10, NONE), null, null, standard, false);
    assertThat(account.cluster.latestPlaintext()).hasSize(10).containsOnly((byte) 0);
    account.standard.failNext("encrypt", Reason.UNREACHABLE);
    reEncryptRefusal(encrypt(key, 11, NONE), null, null, standard, false);
    assertThat(account.cluster.latestPlaintext()).hasSize(11).containsOnly((byte) 0);
  }

  @Test
  void event_ofAReEncryption_fromStoreToStore_showsTheSources() {
    MemoryCluster second = account.addCluster("cluster-2", "another family");
    String other =
        account.kms.keyStores().create(TestAccount.newStore("second", second), account.caller());
    account.kms.keyStores().connect(other, account.caller());
    String destination = account.key(other);
    byte[] blob = encrypt(key, 1, NONE);
    account.begin();
    assertThat(reEncryptRefusal(blob, null, null, destination, false)).isEqualTo("ok");

    assertThat(account.journal.events().get(0).additionalEventData())
        .isEqualTo(Map.of("customKeyStoreId", store));
  }

  @Test
  void dryRuns_askNoHsm() {
    byte[] blob = encrypt(key, 10, NONE);
    byte[] foreign = blob.clone();
    foreign[20] ^= 1;
    account.cluster.calls();

    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE, null, List.of(), true)))
        .isEqualTo(DRY);
    assertThat(decryptRefusal(new Decrypt(null, blob, CONTEXT, null, List.of(), true)))
        .isEqualTo(DRY);
    assertThat(decryptRefusal(new Decrypt(null, foreign, NONE, null, List.of(), true)))
        .isEqualTo(INVALID);
    assertThat(reEncryptRefusal(blob, null, null, standard, true)).isEqualTo(DRY);
    assertThat(dataKeyRefusal(new GenerateDataKey(key, 1, null, NONE, List.of(), true)))
        .isEqualTo(DRY);
    assertThat(trial(KeyOperation.DECRYPT, List.of(), new KeyTrial(key, NONE, null)))
        .isEqualTo(DRY);
    assertThat(trial(KeyOperation.DECRYPT, List.of(), new KeyTrial(key, NONE, "RSA")))
        .startsWith("InvalidKeyUsageException");
    assertThat(
            trial(
                KeyOperation.RE_ENCRYPT,
                List.of(),
                new KeyTrial(key, NONE, null),
                new KeyTrial("alias/x", NONE, null)))
        .startsWith("NotFoundException");
    account.kms.keys().disable(standard, account.caller());
    assertThat(trial(KeyOperation.DECRYPT, List.of(), new KeyTrial(standard, NONE, null)))
        .startsWith("DisabledException");
    assertThat(account.cluster.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "CIPHERTEXT_INVALID | InvalidCiphertextException",
        "CAPACITY           | KMSInternalException: The CloudHSM cluster has no free PKCS #11"
            + " sessions. Retry the request.",
        "DENIED             | KMSInternalException: The CloudHSM cluster failed. Retry the request.",
        "INTERNAL           | KMSInternalException: The CloudHSM cluster failed. Retry the request.",
        "UNREACHABLE        | KMSInvalidStateException: KMS cannot communicate with your CloudHSM"
            + " cluster",
        "NOT_LOGGED_IN      | KMSInvalidStateException: KMS cannot communicate with your CloudHSM"
            + " cluster",
        "KEY_NOT_FOUND      | KMSInvalidStateException: ARN:key/id1 is unavailable."
      })
  void failureOfTheHsm_isTold_whicheverCallMeetsIt(Reason reason, String refusal) {
    byte[] blob = encrypt(key, 10, NONE);
    account.cluster.failNext("encrypt", reason);
    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE))).isEqualTo(refusal);
    reconnect();
    account.cluster.failNext("decrypt", reason);
    assertThat(decryptRefusal(new Decrypt(blob, NONE))).isEqualTo(refusal);
    reconnect();
    account.cluster.failNext("find", reason);
    assertThat(decryptRefusal(new Decrypt(blob, NONE))).isEqualTo(refusal);
    reconnect();
    assertThat(decryptRefusal(new Decrypt(blob, NONE))).isEqualTo("ok");
  }

  private void reconnect() {
    account.kms.keyStores().disconnect(store, account.caller());
    account.kms.keyStores().connect(store, account.caller());
  }

  @Test
  void material_isLookedUpOnceAConnection() {
    encrypt(key, 1, NONE);
    encrypt(key, 1, NONE);
    assertThat(account.cluster.calls()).as("known from its creation").doesNotContain("find");
    reconnect();
    encrypt(key, 1, NONE);
    encrypt(key, 1, NONE);

    assertThat(account.cluster.calls()).filteredOn("find"::equals).hasSize(1);
  }

  @Test
  void materialThatIsGone_makesTheKeyUnavailable_untilTheNextConnection() {
    reconnect();
    account.cluster.loseKeys();

    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
    assertThat(account.state(key)).isEqualTo("Unavailable");
    account.cluster.calls();
    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
    assertThat(account.cluster.calls()).as("the state says it").isEmpty();
    reconnect();
    assertThat(account.state(key)).isEqualTo("Enabled");
  }

  @Test
  void materialOfAStandardKey_thatIsGone_leavesTheState() {
    account.standard.loseKeys();

    assertThat(encryptRefusal(new Encrypt(standard, text(1), NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
    assertThat(account.state(standard)).isEqualTo("Enabled");
  }

  @Test
  void materialThatIsGone_leavesTheState_ifSoConfigured() {
    try (TestAccount lenient = new TestAccount(plan -> plan.keyStateIgnoresMaterial(true))) {
      String lost = lenient.key(lenient.connectedStore());
      lenient.cluster.loseKeys();

      assertThat(lenient.outcome(() -> lenient.encrypt(lost, "x")))
          .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
      assertThat(lenient.state(lost)).isEqualTo("Enabled");
    }
  }

  @Test
  void materialThatIsGone_inAConnectionThatEnded_marksNothing() {
    account.cluster.beforeNext(
        "encrypt",
        () -> {
          reconnect();
          MemoryCluster.failure(Reason.KEY_NOT_FOUND).happens();
        });

    encryptRefusal(new Encrypt(key, text(1), NONE));
    assertThat(account.state(key)).isEqualTo("Enabled");
  }

  @Test
  void keyDeletedDuringACall_isNotBroughtBackByTheMark() {
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.kms.keys().cancelDeletion(key, account.caller());
    account.kms.keys().enable(key, account.caller());
    account.cluster.beforeNext(
        "encrypt",
        () -> {
          account.kms.keys().scheduleDeletion(key, 7, account.caller());
          account.time.advance(Duration.ofDays(7));
          MemoryCluster.failure(Reason.KEY_NOT_FOUND).happens();
        });

    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
    assertThat(account.outcome(() -> account.state(key))).startsWith("NotFoundException");
  }

  @Test
  void storeWithoutASession_isTold() {
    account.kms.keyStores().disconnect(store, account.caller());
    assertThat(encryptRefusal(new Encrypt(key, text(1), NONE)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is unavailable.");
  }

  @Test
  void requestsAndAnswers_printNeitherTextNorBlob() {
    Encrypt request = new Encrypt(key, text(3), NONE);
    byte[] blob = encrypt(key, 3, NONE);
    assertThat(request).hasToString("Encrypt[" + key + ", 3 bytes]");
    assertThat(new Decrypt(blob, NONE)).hasToString("Decrypt[null, " + blob.length + " bytes]");
    assertThat(new ReEncrypt(blob, key, NONE, null, "to", NONE, null, List.of(), false))
        .hasToString("ReEncrypt[" + key + " to to]");
    assertThat(new CryptoRequests.Encrypted(blob, "arn"))
        .hasToString("Encrypted[arn, " + blob.length + " bytes]");
    assertThat(new Decrypted(text(2), "arn", null)).hasToString("Decrypted[arn, 2 bytes]");
    assertThat(new ReEncrypted(blob, "a", "b", null, null)).hasToString("ReEncrypted[a to b]");
    assertThat(new DataKey(text(2), blob, "arn", null)).hasToString("DataKey[arn, 2 bytes]");
  }

  @Test
  void events_ofCallsThatSucceeded_tellEverythingButTheData() {
    byte[] blob =
        crypto
            .encrypt(
                new Encrypt(key, text(3), CONTEXT, "SYMMETRIC_DEFAULT", List.of(), false),
                account.caller())
            .ciphertext();
    encrypt(standard, 3, NONE);
    crypto.encrypt(new Encrypt(key, text(3), NONE), new byte[100], 0, account.caller());
    crypto.decrypt(new Decrypt(blob, CONTEXT), account.caller());
    crypto.reEncrypt(
        new ReEncrypt(blob, key, CONTEXT, null, standard, NONE, null, List.of(), false),
        account.caller());
    crypto.generateDataKey(
        new GenerateDataKey(key, 7, null, CONTEXT, List.of(), false), account.caller());
    crypto.generateDataKeyWithoutPlaintext(
        new GenerateDataKey(key, 32, "AES_256", NONE, List.of(), false), account.caller());
    crypto.generateRandom(5, null, account.caller());
    crypto.generateRandom(6, store, account.caller());

    assertThat(account.journal.text())
        .isEqualTo(
            """
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionContext={a=b}, encryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id2, encryptionAlgorithm=SYMMETRIC_DEFAULT}
              AWS::KMS::Key ARN:key/id2
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
            Decrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=ARN:key/id1, encryptionContext={a=b}, encryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
            ReEncrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {sourceKeyId=id1, sourceEncryptionContext={a=b}, sourceEncryptionAlgorithm=SYMMETRIC_DEFAULT, destinationKeyId=id2, destinationEncryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              AWS::KMS::Key ARN:key/id2
            GenerateDataKey (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionContext={a=b}, numberOfBytes=7}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
            GenerateDataKeyWithoutPlaintext (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, keySpec=AES_256}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
            GenerateRandom (read) AwsApiCall 2026-01-01T00:00:04Z
              request {numberOfBytes=5}
            GenerateRandom (read) AwsApiCall 2026-01-01T00:00:04Z
              request {numberOfBytes=6, customKeyStoreId=store1}
            """);
  }

  @Test
  void events_ofRefusals_tellTheSame_andWhy() {
    byte[] blob = encrypt(key, 3, CONTEXT);
    account.begin();
    encryptRefusal(new Encrypt(key, text(3), CONTEXT, "RSA", List.of(), false));
    encryptRefusal(new Encrypt("alias/x", text(3), NONE, null, List.of(), true));
    account.outcome(
        () ->
            crypto.encrypt(
                new Encrypt(key, text(3), NONE, null, List.of(), true),
                new byte[0],
                0,
                account.caller()));
    decryptRefusal(new Decrypt(blob, NONE));
    decryptRefusal(new Decrypt(standard, new byte[1], CONTEXT, null, List.of(), true));
    reEncryptRefusal(blob, null, null, standard, true);
    reEncryptRefusal(blob, null, null, "alias/x", false);
    reEncryptRefusal(new byte[0], null, null, "alias/x", false);
    dataKeyRefusal(new GenerateDataKey(key, 7, null, CONTEXT, List.of(), true));
    account.outcome(
        () ->
            crypto.generateDataKeyWithoutPlaintext(
                new GenerateDataKey("alias/x", 7, "AES_128", NONE, List.of(), false),
                account.caller()));
    account.outcome(() -> crypto.generateRandom(7, TestAccount.NO_STORE, account.caller()));
    trial(KeyOperation.DECRYPT, List.of(), new KeyTrial(key, CONTEXT, null));
    trial(
        KeyOperation.RE_ENCRYPT,
        List.of(),
        new KeyTrial(key, CONTEXT, null),
        new KeyTrial("alias/x", NONE, "RSA"));

    assertThat(account.journal.text())
        .isEqualTo(
            """
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionContext={a=b}, encryptionAlgorithm=RSA}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error InvalidKeyUsageException
              message Algorithm RSA is incompatible with key spec SYMMETRIC_DEFAULT of ARN:key/id1.
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=alias/x, encryptionAlgorithm=SYMMETRIC_DEFAULT, dryRun=true}
              error NotFoundException
              message Alias ARN:alias/x is not found.
            Encrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionAlgorithm=SYMMETRIC_DEFAULT, dryRun=true}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error DryRunOperationException
              message The request would have succeeded, but the DryRun option is set.
            Decrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=ARN:key/id1, encryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error InvalidCiphertextException
            Decrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id2, encryptionContext={a=b}, encryptionAlgorithm=SYMMETRIC_DEFAULT, dryRun=true}
              error InvalidCiphertextException
            ReEncrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {sourceEncryptionAlgorithm=SYMMETRIC_DEFAULT, destinationKeyId=id2, destinationEncryptionContext={a=b}, destinationEncryptionAlgorithm=SYMMETRIC_DEFAULT, dryRun=true}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              AWS::KMS::Key ARN:key/id2
              error DryRunOperationException
              message The request would have succeeded, but the DryRun option is set.
            ReEncrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {sourceEncryptionAlgorithm=SYMMETRIC_DEFAULT, destinationKeyId=alias/x, destinationEncryptionContext={a=b}, destinationEncryptionAlgorithm=SYMMETRIC_DEFAULT}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error NotFoundException
              message Alias ARN:alias/x is not found.
            ReEncrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {sourceEncryptionAlgorithm=SYMMETRIC_DEFAULT, destinationKeyId=alias/x, destinationEncryptionContext={a=b}, destinationEncryptionAlgorithm=SYMMETRIC_DEFAULT}
              error InvalidCiphertextException
            GenerateDataKey (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionContext={a=b}, numberOfBytes=7, dryRun=true}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error DryRunOperationException
              message The request would have succeeded, but the DryRun option is set.
            GenerateDataKeyWithoutPlaintext (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=alias/x, keySpec=AES_128}
              error NotFoundException
              message Alias ARN:alias/x is not found.
            GenerateRandom (read) AwsApiCall 2026-01-01T00:00:04Z
              request {numberOfBytes=7, customKeyStoreId=store2}
              error CustomKeyStoreNotFoundException
              message The custom key store does not exist in this account and Region.
            Decrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=id1, encryptionContext={a=b}, encryptionAlgorithm=SYMMETRIC_DEFAULT, dryRun=true}
              additional {customKeyStoreId=store1}
              AWS::KMS::Key ARN:key/id1
              error DryRunOperationException
              message The request would have succeeded, but the DryRun option is set.
            ReEncrypt (read) AwsApiCall 2026-01-01T00:00:04Z
              request {keyId=alias/x, encryptionAlgorithm=RSA, dryRun=true}
              error NotFoundException
              message Alias ARN:alias/x is not found.
            """);
  }
}
