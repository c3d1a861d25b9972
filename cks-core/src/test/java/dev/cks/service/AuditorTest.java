package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.key.KeyOperation;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Which events are offered, what names them, and sinks that misbehave. */
class AuditorTest {
  private static final EncryptionContext NONE = EncryptionContext.EMPTY;

  /** Wants some events, and notes what it was asked and given. */
  private static class Choosy implements AuditSink {
    final List<String> asked = new ArrayList<>();
    final List<AuditEvent> given = new ArrayList<>();
    boolean wanting = true;

    @Override
    public boolean wants(String operation, boolean success) {
      asked.add(operation + (success ? " ok" : " refused"));
      return wanting;
    }

    @Override
    public void record(AuditEvent event) {
      given.add(event);
    }
  }

  private static void use(TestAccount account, String key) {
    CryptoService crypto = account.kms.crypto();
    Caller caller = account.caller();
    byte[] blob = account.encrypt(key, "x");
    crypto.encrypt(new CryptoRequests.Encrypt(key, new byte[1], NONE), new byte[99], 0, caller);
    crypto.decrypt(new CryptoRequests.Decrypt(blob, NONE), caller);
    crypto.reEncrypt(
        new CryptoRequests.ReEncrypt(blob, key, NONE, null, key, NONE, null, List.of(), false),
        caller);
    CryptoRequests.GenerateDataKey dataKey =
        new CryptoRequests.GenerateDataKey(key, 1, null, NONE, List.of(), false);
    crypto.generateDataKey(dataKey, caller);
    crypto.generateDataKeyWithoutPlaintext(dataKey, caller);
    crypto.generateRandom(1, null, caller);
  }

  private static void misuse(TestAccount account) {
    CryptoService crypto = account.kms.crypto();
    Caller caller = account.caller();
    String no = TestAccount.NO_KEY;
    account.outcome(() -> account.encrypt(no, "x"));
    account.outcome(() -> account.decrypt(new byte[1]));
    account.outcome(
        () ->
            crypto.reEncrypt(
                new CryptoRequests.ReEncrypt(
                    new byte[1], null, NONE, null, no, NONE, null, List.of(), false),
                caller));
    CryptoRequests.GenerateDataKey dataKey =
        new CryptoRequests.GenerateDataKey(no, 1, null, NONE, List.of(), false);
    account.outcome(() -> crypto.generateDataKey(dataKey, caller));
    account.outcome(() -> crypto.generateRandom(1, TestAccount.NO_STORE, caller));
    account.outcome(
        () ->
            crypto.tryWithoutCiphertext(
                KeyOperation.DECRYPT,
                List.of(new CryptoRequests.KeyTrial(no, NONE, null)),
                List.of(),
                caller));
  }

  @Test
  void successOfCryptography_isNotOffered_unlessAskedFor() {
    Choosy sink = new Choosy();
    try (TestAccount account = new TestAccount(plan -> plan.audit(sink))) {
      String key = account.standardKey();
      sink.asked.clear();
      use(account, key);

      assertThat(sink.asked).isEmpty();
      misuse(account);
      assertThat(sink.asked)
          .containsExactly(
              "Encrypt refused",
              "Decrypt refused",
              "ReEncrypt refused",
              "GenerateDataKey refused",
              "GenerateRandom refused",
              "Decrypt refused");
    }
  }

  @Test
  void eventThatNobodyWants_isNotBuilt() {
    Choosy sink = new Choosy();
    sink.wanting = false;
    try (TestAccount account = new TestAccount(plan -> plan.audit(sink).auditCrypto(true))) {
      String key = account.standardKey();
      use(account, key);
      misuse(account);
      account.kms.keys().scheduleDeletion(key, 7, account.caller());
      account.time.advance(Duration.ofDays(7));

      assertThat(sink.given).isEmpty();
      assertThat(sink.asked)
          .containsExactly(
              "CreateKey ok",
              "Encrypt ok",
              "Encrypt ok",
              "Decrypt ok",
              "ReEncrypt ok",
              "GenerateDataKey ok",
              "GenerateDataKeyWithoutPlaintext ok",
              "GenerateRandom ok",
              "Encrypt refused",
              "Decrypt refused",
              "ReEncrypt refused",
              "GenerateDataKey refused",
              "GenerateRandom refused",
              "Decrypt refused",
              "ScheduleKeyDeletion ok",
              "DeleteKey ok");
    }
  }

  @Test
  void event_namesItsCaller_itsRequestAndItself() {
    Choosy sink = new Choosy();
    try (TestAccount account = new TestAccount(plan -> plan.audit(sink).auditCrypto(true))) {
      Caller caller = new Caller("arn:alice", "10.0.0.1", "agent", "request-1");
      String key =
          account.kms.keys().create(KeyRequests.Create.standard(), caller).key().id().toString();
      account.kms.crypto().encrypt(new CryptoRequests.Encrypt(key, new byte[1], NONE), caller);
      account.outcome(() -> account.kms.keys().describe("x", caller));
      account.encrypt(key, "y");

      Set<String> ids = new HashSet<>();
      for (AuditEvent event : sink.given.subList(0, 3)) {
        assertThat(event.principalArn()).isEqualTo("arn:alice");
        assertThat(event.sourceAddress()).isEqualTo("10.0.0.1");
        assertThat(event.userAgent()).isEqualTo("agent");
        assertThat(event.requestId()).isEqualTo("request-1");
      }
      for (AuditEvent event : sink.given) {
        assertThat(event.source()).isEqualTo("kms.amazonaws.com");
        assertThat(event.eventId())
            .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        ids.add(event.eventId());
      }
      assertThat(ids).hasSize(4);
      assertThat(sink.given.get(3).principalArn()).isEqualTo("arn:aws:iam::111122223333:root");
    }
  }

  @Test
  void serviceEvent_hasNoCaller() {
    Choosy sink = new Choosy();
    try (TestAccount account = new TestAccount(plan -> plan.audit(sink))) {
      String key = account.standardKey();
      account.kms.keys().scheduleDeletion(key, 7, account.caller());
      account.time.advance(Duration.ofDays(7));

      AuditEvent event = sink.given.get(2);
      assertThat(event.isServiceEvent()).isTrue();
      assertThat(event.requestId()).isNull();
      assertThat(event.sourceAddress()).isEqualTo("AWS Internal");
      assertThat(event.userAgent()).isEqualTo("AWS Internal");
    }
  }

  @Test
  void sinkThatThrows_harmsNoCall() {
    List<String> offered = new ArrayList<>();
    AuditSink broken =
        new AuditSink() {
          @Override
          public boolean wants(String operation, boolean success) {
            if (operation.startsWith("Enable")) {
              throw new IllegalStateException("does not know");
            }
            return true;
          }

          @Override
          public void record(AuditEvent event) {
            offered.add(event.name());
            throw new IllegalStateException("full");
          }

          @Override
          public void recordLater(String operation, Supplier<AuditEvent> event) {
            throw new IllegalStateException("full");
          }
        };
    try (TestAccount account = new TestAccount(plan -> plan.audit(broken).auditCrypto(true))) {
      String key = account.standardKey();
      use(account, key);
      account.kms.keys().enable(key, account.caller());

      assertThat(account.decrypt(account.encrypt(key, "x"))).isEqualTo("x");
      assertThat(account.outcome(() -> account.kms.keys().describe("x", account.caller())))
          .startsWith("NotFoundException");
      assertThat(offered)
          .as("EnableKey was not wanted")
          .containsExactly("CreateKey", "DescribeKey");
    }
  }

  @Test
  void requestIds_differ_andLookRandom() {
    try (TestAccount account = new TestAccount()) {
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 1000; i++) {
        ids.add(account.caller().requestId());
      }
      assertThat(ids)
          .hasSize(1000)
          .allMatch(
              id ->
                  id.matches(
                      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
      assertThat(ids.stream().map(id -> id.substring(35)).distinct().count()).isEqualTo(16);
    }
  }

  @Test
  void look_withoutTrace_recordsNothing_andMovesNoTime() {
    try (TestAccount account = new TestAccount(plan -> plan.auditCrypto(true))) {
      String key = account.key(account.connectedStore());
      account.begin();
      Kms look = account.kms.withoutTrace();
      look.keys().describe(key, account.caller());
      account.outcome(() -> look.keys().describe("x", account.caller()));

      assertThat(look.scope()).isEqualTo(account.kms.scope());
      assertThat(account.journal.text()).isEmpty();
      assertThat(account.time.now()).isEqualTo(ManualTime.START.plusSeconds(3));
      look.keys().scheduleDeletion(key, 7, account.caller());
      assertThat(account.time.agenda()).hasSize(1);
    }
  }

  @Test
  void lastUsage_isTheLatestSuccess_withItsEventIfThereIsOne() {
    for (boolean recorded : List.of(true, false)) {
      try (TestAccount account = new TestAccount(plan -> plan.auditCrypto(recorded))) {
        String key = account.standardKey();
        assertThat(lastUsage(account, key).lastUse()).isNull();
        assertThat(lastUsage(account, key).trackedSince()).isEqualTo(ManualTime.START);
        account.encrypt(key, "x");
        account.encrypt(key, "x");
        account.begin();
        Caller caller = account.caller();
        account.kms.crypto().encrypt(new CryptoRequests.Encrypt(key, new byte[1], NONE), caller);

        KeyUse use = lastUsage(account, key).lastUse();
        assertThat(use.operation()).isEqualTo(KeyOperation.ENCRYPT);
        assertThat(use.requestId()).isEqualTo(caller.requestId());
        assertThat(use.time()).isEqualTo(ManualTime.START.plusSeconds(3));
        assertThat(use.eventId())
            .isEqualTo(recorded ? account.journal.events().get(0).eventId() : null);

        account.decrypt(account.encrypt(key, "x"));
        assertThat(lastUsage(account, key).lastUse().operation()).isEqualTo(KeyOperation.DECRYPT);
        account.outcome(() -> account.decrypt(new byte[1]));
        assertThat(lastUsage(account, key).lastUse().operation()).isEqualTo(KeyOperation.DECRYPT);
        use(account, key);
        assertThat(lastUsage(account, key).lastUse().operation())
            .as("GenerateRandom uses no key")
            .isEqualTo(KeyOperation.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT);
        account
            .kms
            .crypto()
            .encrypt(new CryptoRequests.Encrypt(key, new byte[1], NONE), new byte[99], 0, caller);
        assertThat(lastUsage(account, key).lastUse().operation()).isEqualTo(KeyOperation.ENCRYPT);
      }
    }
  }

  private static KeyRequests.LastUsage lastUsage(TestAccount account, String key) {
    return account.kms.keys().lastUsage(key, account.caller());
  }

  @Test
  void lastUsage_ofBothKeysOfAReEncryption_isThat() {
    try (TestAccount account = new TestAccount()) {
      String from = account.standardKey();
      String to = account.standardKey();
      account
          .kms
          .crypto()
          .reEncrypt(
              new CryptoRequests.ReEncrypt(
                  account.encrypt(from, "x"), from, NONE, null, to, NONE, null, List.of(), false),
              account.caller());

      for (String key : List.of(from, to)) {
        assertThat(lastUsage(account, key).lastUse().operation())
            .isEqualTo(KeyOperation.RE_ENCRYPT);
      }
    }
  }

  @Test
  void callers_areEqual_ifTheyAreAlikeInEverything() {
    Caller caller = new Caller("a", "b", "c", "d");
    assertThat(caller).isEqualTo(new Caller("a", "b", "c", "x").withRequestId("d"));
    assertThat(caller).hasSameHashCodeAs(new Caller("a", "b", "c", "d"));
    assertThat(caller.hashCode()).isNotEqualTo(new Caller("a", "b", "c", "x").hashCode());
    assertThat(caller)
        .isNotEqualTo(new Caller("x", "b", "c", "d"))
        .isNotEqualTo(new Caller("a", "x", "c", "d"))
        .isNotEqualTo(new Caller("a", "b", "x", "d"))
        .isNotEqualTo(new Caller("a", "b", "c", "x"))
        .isNotEqualTo("a");
    assertThat(caller).hasToString("Caller[a, b, c, d]");
    assertThat(caller.withRequestId(number -> "n" + number, 7).requestId()).isEqualTo("n7");
  }
}
