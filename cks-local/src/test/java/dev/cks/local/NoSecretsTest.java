package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.CryptoRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.user.Role;
import dev.cks.spi.HsmException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;

/** Secrets planted everywhere never come out again: not in messages, events, records or the log. */
class NoSecretsTest {
  private static final String PLAINTEXT = "canaryPlaintextTweetTweet";
  private static final String TOLD = "canaryToldPassword1";
  private static final String ADMIN = "canaryAdminPassword2";
  private static final String FIRST = "canaryFirstPassword3";
  private static final String TOO_LONG = "canaryPasswordThatIsMuchTooLongForAwsKms4";

  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final RecordingSink events = new RecordingSink();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> shown = new ArrayList<>();

  /** What would print the trace on the console. */
  private final List<Appender<ILoggingEvent>> quiet = new ArrayList<>();

  private Level levelBefore;

  @BeforeEach
  void listen() {
    levelBefore = ROOT.getLevel();
    ROOT.iteratorForAppenders().forEachRemaining(appender -> quiet.add(appender));
    quiet.forEach(ROOT::detachAppender);
    log.start();
    ROOT.addAppender(log);
    ROOT.setLevel(Level.TRACE);
  }

  @AfterEach
  void stopListening() {
    ROOT.setLevel(levelBefore);
    ROOT.detachAppender(log);
    quiet.forEach(ROOT::addAppender);
  }

  private void refused(ThrowingCallable call) {
    Throwable thrown = Assertions.catchThrowable(call);
    assertThat(thrown).isNotNull();
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    shown.add(trace.toString());
  }

  private void shows(Object value) {
    shown.add(String.valueOf(value));
  }

  private static boolean containsAny(String text, List<String> canaries) {
    return canaries.stream().anyMatch(text::contains);
  }

  /** A canary, and what it would look like in hex and Base64. */
  private static List<String> spellings(String canary) {
    byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
    return List.of(
        canary,
        HexFormat.of().formatHex(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes));
  }

  @Test
  void secrets_inARichLife_neverShow() {
    List<String> canaries = new ArrayList<>();
    for (String canary : List.of(PLAINTEXT, TOLD, ADMIN, FIRST, TOO_LONG)) {
      canaries.addAll(spellings(canary));
    }
    try (Account account =
        Account.disconnected(
            plan -> plan.audit(events).auditCrypto(true).cluster(c -> c.adminPassword(ADMIN)))) {
      canaries.addAll(spellings(Account.PASSWORD));
      live(account, canaries);
      account.aws.trail().events().forEach(this::shows);
      assertThat(account.aws.trail().events()).isEqualTo(events.all());
    }
    for (ILoggingEvent event : log.list) {
      shown.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        shown.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    events.all().forEach(this::shows);

    assertThat(events.all()).hasSizeGreaterThan(30);
    assertThat(events.named("Decrypt")).as("successes too").anyMatch(e -> e.errorCode() == null);
    assertThat(log.list).as("the log was heard").isNotEmpty();
    assertThat(shown).hasSizeGreaterThan(50).noneMatch(text -> containsAny(text, canaries));
  }

  private void live(Account account, List<String> canaries) {
    KmsClient kms = account.kms;
    keyStores(account);
    String key = account.customKey();
    String standard = account.standardKey();
    SdkBytes blob = account.encrypt(key, PLAINTEXT);
    shows(kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromUtf8String(PLAINTEXT))));
    SdkBytes moved =
        kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(standard)).ciphertextBlob();
    assertThat(account.decrypt(moved)).isEqualTo(PLAINTEXT);
    SdkBytes dataKey = kms.generateDataKey(r -> r.keyId(key).numberOfBytes(32)).plaintext();
    canaries.add(HexFormat.of().formatHex(dataKey.asByteArray()));
    canaries.add(Base64.getEncoder().withoutPadding().encodeToString(dataKey.asByteArray()));

    refused(() -> kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(Map.of("a", "b"))));
    refused(() -> kms.decrypt(r -> r.ciphertextBlob(SdkBytes.fromUtf8String(PLAINTEXT))));
    refused(() -> account.encrypt(key, PLAINTEXT.repeat(200)));
    refused(() -> account.encrypt("nonsense", PLAINTEXT));
    account.cluster.cutNetwork();
    refused(() -> account.encrypt(key, PLAINTEXT));
    account.cluster.restoreNetwork();
    account.cluster.occupySessions(1024);
    refused(() -> account.encrypt(key, PLAINTEXT));
    account.cluster.occupySessions(0);
    account.cluster.deleteKey(key);
    refused(() -> account.encrypt(key, PLAINTEXT));
    kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
    account.aws.clock().advance(Duration.ofDays(8));
    refused(() -> account.decrypt(blob));
    records(key);
    passwords(account);
    shows(account.aws);
    shows(account.aws.core());
    shows(account.aws.cloudHsm());
    shows(account.cluster);
    shows(account.cluster.facts());
    shows(account.cluster.users("us-east-1a"));
    shows(account.cluster.keysOn("us-east-1a"));
  }

  private void keyStores(Account account) {
    refused(() -> account.anotherStore(SimulatedAws.KEY_STORE_NAME));
    refused(() -> account.tell(TOO_LONG));
    refused(() -> account.tell("canary"));
    account.tell(TOLD);
    account.connect();
    shows(account.describe());
    refused(() -> account.tell(TOLD));
    account.disconnect();
    account.cluster.changePassword(SimulatedCluster.KMSUSER, FIRST);
    refused(() -> account.cluster.loginAs(SimulatedCluster.KMSUSER, TOLD));
    refused(() -> account.cluster.loginAs("nobody", TOLD));
    account.cluster.createUser("somebody", ADMIN, Role.CRYPTO_USER);
    account.tell(FIRST);
    account.connect();
    assertThat(account.connection()).hasToString("CONNECTED");
  }

  private void passwords(Account account) {
    account.disconnect();
    account.cluster.changePassword(SimulatedCluster.KMSUSER, TOLD);
    for (int attempt = 0; attempt < 6; attempt++) {
      account.connect();
      shows(account.describe());
      account.disconnect();
    }
    refused(() -> account.cluster.loginAs(SimulatedCluster.KMSUSER, TOLD));
  }

  /** The requests and results of the services, which end up in debuggers and logs of users. */
  private void records(String key) {
    byte[] secret = PLAINTEXT.getBytes(StandardCharsets.UTF_8);
    EncryptionContext none = EncryptionContext.EMPTY;
    try (SecretBytes password = SecretBytes.ofText(TOLD)) {
      shows(password);
      shows(new KeyStoreRequests.Create("name", null, "cluster", "anchor", password));
      shows(new KeyStoreRequests.Update("cks-1", null, password, null));
    }
    shows(new CryptoRequests.Encrypt(key, secret, none));
    shows(new CryptoRequests.Decrypt(secret, none));
    shows(new CryptoRequests.Encrypted(secret, key));
    shows(new CryptoRequests.Decrypted(secret, key, null));
    shows(new CryptoRequests.ReEncrypted(secret, key, key, null, null));
    shows(new CryptoRequests.DataKey(secret, secret, key, null));
    shows(new CryptoRequests.ReEncrypt(secret, key, none, null, key, none, null, List.of(), false));
    shows(new HsmException(HsmException.Reason.AUTH_FAILED, "login"));
  }
}
