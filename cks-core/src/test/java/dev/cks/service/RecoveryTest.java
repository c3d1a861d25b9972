package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.KeyOperation;
import dev.cks.service.KeyRequests.Tag;
import dev.cks.service.KeyStoreRequests.Describe;
import dev.cks.spi.HsmException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A KMS that starts with the records of another one that has ended. */
class RecoveryTest {
  private static final Duration LATENCY = Duration.ofMinutes(1);

  private static String show(Kms kms) {
    return kms.keyStores()
        .describe(Describe.all(), kms.rootCaller())
        .items()
        .get(0)
        .connectionState()
        .name();
  }

  @Test
  void everything_isThereAgain() {
    TestAccount account = new TestAccount();
    String key = account.key(account.connectedStore());
    String standard = account.standardKey();
    account.kms.keys().tag(key, List.of(new Tag("a", "b")), account.caller());
    account.kms.keys().aliases().create("alias/a", key, account.caller());
    GrantRequests.Created grant =
        account
            .kms
            .keys()
            .grants()
            .create(
                new GrantRequests.Create(
                    key,
                    "arn:aws:iam::111122223333:root",
                    null,
                    List.of("Decrypt"),
                    Map.of(),
                    Map.of(),
                    null,
                    List.of(),
                    false),
                account.caller());
    byte[] ofKey = account.encrypt(key, "one");
    byte[] ofStandard = account.encrypt(standard, "two");
    account.begin();

    try (Kms again = account.restarted()) {
      assertThat(show(again)).isEqualTo("CONNECTED");
      assertThat(account.cluster.calls())
          .as("logs in, and leaves the password")
          .hasSize(2)
          .contains("login kmsuser");
      assertThat(again.keys().describe("alias/a", again.rootCaller()).key().tags())
          .isEqualTo(Map.of("a", "b"));
      assertThat(
              account.outcome(
                  () ->
                      again
                          .keys()
                          .refuse(
                              KeyOperation.SIGN, key, List.of(grant.token()), again.rootCaller())))
          .startsWith("InvalidKeyUsageException");
      assertThat(decrypted(again, ofKey)).isEqualTo("one");
      assertThat(decrypted(again, ofStandard)).isEqualTo("two");
      assertThat(again.keys().list(null, null, again.rootCaller()).items()).hasSize(2);
      again.keys().disable(key, again.rootCaller());
      again.keys().aliases().delete("alias/a", again.rootCaller());
    }
  }

  private static String decrypted(Kms kms, byte[] blob) {
    return new String(
        kms.crypto()
            .decrypt(new CryptoRequests.Decrypt(blob, EncryptionContext.EMPTY), kms.rootCaller())
            .plaintext(),
        StandardCharsets.UTF_8);
  }

  @Test
  void attempt_thatWasUnderWay_isTakenUp() {
    TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY));
    String store = account.store();
    account.kms.keyStores().connect(store, account.caller());
    account.time.forget();

    try (Kms again = account.restarted()) {
      assertThat(show(again)).isEqualTo("CONNECTING");
      account.time.advance(LATENCY);
      assertThat(show(again)).isEqualTo("CONNECTED");
    }
  }

  @Test
  void disconnect_thatWasUnderWay_isFinished() {
    TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY));
    String store = account.store();
    account.kms.keyStores().connect(store, account.caller());
    account.kms.keyStores().disconnect(store, account.caller());
    account.time.forget();

    try (Kms again = account.restarted()) {
      assertThat(show(again)).isEqualTo("DISCONNECTED");
    }
  }

  @Test
  void connectedStore_whoseClusterDoesNotAnswer_staysConnected() {
    TestAccount account = new TestAccount();
    String key = account.key(account.connectedStore());
    account.cluster.failNext("login", Reason.UNREACHABLE);

    try (Kms again = account.restarted()) {
      assertThat(show(again)).isEqualTo("CONNECTED");
      assertThat(account.cluster.addressesTaken()).as("of the KMS before").isEqualTo(1);
      assertThat(
              account.outcome(
                  () ->
                      again
                          .crypto()
                          .encrypt(
                              new CryptoRequests.Encrypt(key, new byte[1], EncryptionContext.EMPTY),
                              again.rootCaller())))
          .isEqualTo("KMSInvalidStateException: KMS cannot communicate with your CloudHSM cluster");
    }
  }

  @Test
  void connectedStore_whoseClusterIsGone_staysConnected() {
    TestAccount account = new TestAccount();
    account.connectedStore();
    account.clusters.clear();

    try (Kms again = account.restarted()) {
      assertThat(show(again)).isEqualTo("CONNECTED");
    }
  }

  @Test
  void deletedKey_isStillKnownAsDeleted() {
    TestAccount account = new TestAccount();
    String key = account.standardKey();
    byte[] blob = account.encrypt(key, "x");
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.time.advance(Duration.ofDays(7));

    try (Kms again = account.restarted()) {
      assertThat(account.outcome(() -> decrypted(again, blob)))
          .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
    }
  }

  @Test
  void window_endsUnderTheNextKms() {
    TestAccount account = new TestAccount();
    String key = account.standardKey();
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.time.forget();

    try (Kms again = account.restarted()) {
      assertThat(account.time.agenda()).hasSize(1);
      account.time.advance(Duration.ofDays(7));
      assertThat(again.keys().list(null, null, again.rootCaller()).items()).isEmpty();
    }
  }
}
