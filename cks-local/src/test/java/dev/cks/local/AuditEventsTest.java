package dev.cks.local;

import static dev.cks.local.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.KmsConfig;
import dev.cks.audit.AuditQuery;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditEvent.Resource;
import dev.cks.spi.AuditSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/** Every operation leaves the event that CloudTrail shows of it: the table is audit-events.tsv. */
class AuditEventsTest {
  private static final String NOT_SERVED = "none";
  private static final String OK = "ok";
  private static final String ROOT = KmsConfig.EXAMPLE_SCOPE.rootArn();

  private final RecordingSink events = new RecordingSink();

  record Row(
      String operation,
      boolean readOnly,
      String outcome,
      List<String> request,
      List<String> response,
      List<String> additional,
      List<String> resources) {
    @Override
    public String toString() {
      return operation;
    }
  }

  static List<Row> rows() {
    try (InputStream in = AuditEventsTest.class.getResourceAsStream("audit-events.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .map(line -> line.split("\t", -1))
          .map(AuditEventsTest::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String[] cells) {
    assertThat(cells).hasSize(7);
    return new Row(
        cells[0],
        Boolean.parseBoolean(cells[1]),
        cells[2],
        list(cells[3]),
        list(cells[4]),
        list(cells[5]),
        list(cells[6]));
  }

  private static List<String> list(String cell) {
    return cell.equals("-") ? List.of() : List.of(cell.split(","));
  }

  static Stream<Row> served() {
    return rows().stream().filter(row -> !row.outcome().equals(NOT_SERVED));
  }

  static Stream<Row> refusable() {
    return served().filter(row -> !row.operation().equals("DeleteKey")); // nobody calls it
  }

  @Test
  void table_hasEveryOperationOfTheClient_andTheCallsEveryServedOne() {
    Set<String> operations =
        Arrays.stream(KmsClient.class.getMethods())
            .filter(method -> method.getParameterCount() == 1)
            .filter(method -> KmsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
            .filter(method -> KmsResponse.class.isAssignableFrom(method.getReturnType()))
            .map(method -> method.getName())
            .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
            .collect(Collectors.toSet());
    operations.add("DeleteKey");

    assertThat(rows().stream().map(Row::operation)).containsExactlyInAnyOrderElementsOf(operations);
    assertThat(served().map(Row::operation))
        .containsExactlyInAnyOrderElementsOf(AuditCalls.all().keySet());
  }

  private Account account() {
    return Account.connected(plan -> plan.audit(events).auditCrypto(true));
  }

  private static AuditCalls.World world(Account account) {
    String key = account.customKey();
    String other = account.customKey();
    account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(other));
    SdkBytes blob =
        account
            .kms
            .encrypt(
                r ->
                    r.keyId(key)
                        .plaintext(SdkBytes.fromUtf8String("x"))
                        .encryptionContext(Map.of("purpose", "test")))
            .ciphertextBlob();
    account.kms.scheduleKeyDeletion(r -> r.keyId(other).pendingWindowInDays(7));
    account.kms.cancelKeyDeletion(r -> r.keyId(other));
    account.kms.enableKey(r -> r.keyId(other));
    String cluster = account.aws.cloudHsm().cluster().create().id();
    return new AuditCalls.World(account, account.store, cluster, key, other, "alias/a", blob, null);
  }

  /** The one event that the call leaves. */
  private AuditEvent eventOf(Runnable call) {
    int before = events.all().size();
    call.run();
    List<AuditEvent> left = events.all().subList(before, events.all().size());
    assertThat(left).hasSize(1);
    return left.get(0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("served")
  void operation_leavesOneEvent_asTheTableHasIt(Row row) {
    try (Account account = account()) {
      AuditCalls.World world = world(account);
      AuditCalls.Call call = AuditCalls.all().get(row.operation());
      if (row.operation().equals("DeleteCustomKeyStore")) {
        account.kms.scheduleKeyDeletion(r -> r.keyId(world.otherKey()).pendingWindowInDays(7));
      }
      call.before().accept(world);

      AuditEvent event =
          eventOf(
              () -> {
                Throwable thrown = catchThrowable(() -> call.act().accept(world));
                assertThat(thrown == null ? OK : codeOf(thrown)).isEqualTo(row.outcome());
              });

      assertShape(event, row);
      assertThat(event.errorCode()).isEqualTo(row.outcome().equals(OK) ? null : row.outcome());
      assertCaller(event, row.operation().equals("DeleteKey"));
    }
  }

  private static void assertShape(AuditEvent event, Row row) {
    assertThat(event.name()).isEqualTo(row.operation());
    assertThat(event.source()).isEqualTo("kms.amazonaws.com");
    assertThat(event.readOnly()).isEqualTo(row.readOnly());
    assertThat(keys(event.requestParameters())).isEqualTo(row.request());
    assertThat(keys(event.responseElements())).isEqualTo(row.response());
    assertThat(keys(event.additionalEventData())).isEqualTo(row.additional());
    assertThat(event.resources().stream().map(AuditEventsTest::kind)).isEqualTo(row.resources());
  }

  private static void assertCaller(AuditEvent event, boolean service) {
    assertThat(event.isServiceEvent()).isEqualTo(service);
    assertThat(event.eventType()).isEqualTo(service ? "AwsServiceEvent" : "AwsApiCall");
    assertThat(event.principalArn()).isEqualTo(service ? null : ROOT);
    assertThat(event.requestId() == null).isEqualTo(service);
    assertThat(event.userAgent()).isEqualTo(service ? "AWS Internal" : "cks");
  }

  private static List<String> keys(Map<String, Object> map) {
    return map == null ? List.of() : List.copyOf(map.keySet());
  }

  private static String kind(Resource resource) {
    assertThat(resource.arn()).startsWith("arn:aws:kms:us-east-1:111122223333:");
    return resource.type().equals(Resource.KEY) ? "key" : "alias";
  }

  private static String codeOf(Throwable thrown) {
    assertThat(thrown).isInstanceOf(KmsException.class);
    return ((KmsException) thrown).awsErrorDetails().errorCode();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusable")
  void operation_onWhatIsNotThere_leavesOneEvent_withItsParametersAndTheError(Row row) {
    try (Account account = account()) {
      byte[] foreign = new byte[80];
      foreign[0] = 1;
      AuditCalls.World nowhere =
          new AuditCalls.World(
              account,
              "cks-00000000000000000",
              "cluster-aaaaaaaaaaa",
              "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
              "alias/nowhere",
              "alias/nowhere",
              SdkBytes.fromByteArray(foreign),
              "no marker");
      AuditCalls.Call call = AuditCalls.all().get(row.operation());
      KmsException[] refusal = new KmsException[1];

      AuditEvent event =
          eventOf(
              () -> refusal[0] = (KmsException) catchThrowable(() -> call.act().accept(nowhere)));

      assertThat(refusal[0]).isNotNull();
      assertThat(event.name()).isEqualTo(row.operation());
      assertThat(event.readOnly()).isEqualTo(row.readOnly());
      assertThat(event.errorCode()).isEqualTo(codeOf(refusal[0]));
      assertThat(event.errorMessage()).isEqualTo(refusal[0].awsErrorDetails().errorMessage());
      assertThat(event.requestId()).isEqualTo(refusal[0].requestId());
      assertThat(keys(event.requestParameters())).containsAll(row.request());
      assertThat(event.responseElements()).isNull();
    }
  }

  @Test
  void createKey_showsTheKeyAndItsMaterial() {
    try (Account account = account()) {
      account.aws.clock().advanceTo(Instant.parse("2026-10-14T17:39:49.999Z"));
      String[] key = new String[1];
      AuditEvent event = eventOf(() -> key[0] = account.customKey());
      var material = account.cluster.keysOn("us-east-1a").get(0);

      assertThat(event.additionalEventData())
          .containsEntry(
              "backingKey",
              "{\"keyHandle\":\"%s\",\"backingKeyId\":\"%s\"}"
                  .formatted(material.reference(), material.id()));
      assertThat(metadata(event))
          .containsEntry("aWSAccountId", "111122223333")
          .containsEntry("arn", key[0])
          .containsEntry("creationDate", "Oct 14, 2026, 5:39:50 PM")
          .containsEntry("enabled", true)
          .containsEntry("keyState", "Enabled")
          .containsEntry("origin", "AWS_CLOUDHSM")
          .containsEntry("customKeyStoreId", account.store)
          .containsEntry("cloudHsmClusterId", account.cluster.id())
          .containsEntry("keyManager", "CUSTOMER")
          .containsEntry("multiRegion", false);
      assertThat(event.resources()).containsExactly(Resource.key(key[0]));
    }
  }

  private static Map<?, ?> metadataOf(AuditEvent event) {
    return (Map<?, ?>) event.responseElements().get("keyMetadata");
  }

  private static Map<Object, Object> metadata(AuditEvent event) {
    return new HashMap<>(metadataOf(event));
  }

  @Test
  void createKey_ofStandardKey_showsNoClusterAndNoMaterial() {
    try (Account account = account()) {
      AuditEvent event = eventOf(account::standardKey);

      assertThat(event.additionalEventData()).isNull();
      assertThat(metadata(event))
          .containsEntry("origin", "AWS_KMS")
          .doesNotContainKeys("customKeyStoreId", "cloudHsmClusterId");
    }
  }

  @Test
  void deletion_showsTheSameHandleThroughout() {
    try (Account account = account()) {
      String key = account.customKey();
      var material = account.cluster.keysOn("us-east-1a").get(0);
      String handle =
          "\"keyHandle\":\"%s\",\"backingKeyId\":\"%s\""
              .formatted(material.reference(), material.id());

      AuditEvent scheduled =
          eventOf(() -> account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7)));
      AuditEvent deleted = eventOf(() -> account.aws.clock().advance(Duration.ofDays(8)));

      assertThat(scheduled.responseElements())
          .containsEntry("keyId", key)
          .containsEntry("keyState", "PendingDeletion")
          .containsEntry("deletionDate", "Jan 8, 2026, 12:00:00 AM");
      assertThat(scheduled.additionalEventData())
          .containsEntry("backingKeys", "[{" + handle + "}]");
      assertThat(deleted.responseElements()).containsOnly(Map.entry("keyId", key));
      assertThat(deleted.additionalEventData())
          .containsEntry("customKeyStoreId", account.store)
          .containsEntry("clusterId", account.cluster.id())
          .containsEntry("backingKeys", "[{" + handle + "}]")
          .containsEntry(
              "backingKeysDeletionStatus", "[{" + handle + ",\"deletionStatus\":\"SUCCESS\"}]");
    }
  }

  @Test
  void deletion_ofStandardKey_showsTheKeyOnly() {
    try (Account account = account()) {
      String key = account.standardKey();
      account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));

      AuditEvent deleted = eventOf(() -> account.aws.clock().advance(Duration.ofDays(8)));

      assertThat(deleted.additionalEventData()).isNull();
      assertThat(deleted.resources()).containsExactly(Resource.key(key));
    }
  }

  @Test
  void refusalOfAnExistingKey_namesTheKey() {
    try (Account account = account()) {
      String key = account.customKey();
      account.kms.disableKey(r -> r.keyId(key));

      AuditEvent event =
          eventOf(() -> refusal("DisabledException", () -> account.encrypt(key, "x")));

      assertThat(event.errorCode()).isEqualTo("DisabledException");
      assertThat(event.resources()).containsExactly(Resource.key(key));
      assertThat(event.additionalEventData()).containsEntry("customKeyStoreId", account.store);
    }
  }

  @Test
  void decrypt_withoutKeyId_showsTheArnOfTheKey() {
    try (Account account = account()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "x");

      AuditEvent event = eventOf(() -> account.decrypt(blob));

      assertThat(event.requestParameters())
          .containsEntry("keyId", key)
          .containsEntry("encryptionAlgorithm", "SYMMETRIC_DEFAULT");
    }
  }

  @Test
  void encryptPath_asksWhetherAnEventIsWanted_andBuildsNoneThatIsNot() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger recorded = new AtomicInteger();
    AuditSink unwilling =
        new AuditSink() {
          @Override
          public boolean wants(String operation, boolean success) {
            asked.addAndGet(operation.equals("Encrypt") ? 1 : 0);
            return false;
          }

          @Override
          public void record(AuditEvent event) {
            recorded.incrementAndGet();
          }
        };
    try (Account account = Account.connected(plan -> plan.audit(unwilling))) {
      String key = account.customKey();
      long before = account.aws.trail().events().size();
      account.encrypt(key, "x");
      assertThat(asked).as("successes are not even offered").hasValue(0);

      account.kms.disableKey(r -> r.keyId(key));
      refusal("DisabledException", () -> account.encrypt(key, "x"));
      // the trail wants everything, so the other sink is asked when it comes to its turn only
      assertThat(asked).hasValue(1);
      assertThat(recorded).hasValue(0);
      assertThat(account.aws.trail().events()).hasSize((int) before + 2);
    }
  }

  @Test
  void trail_ofAnAccount_keepsWhatHappened_besidesTheUsersSink() {
    try (Account account = Account.connected(plan -> plan.audit(events))) {
      String key = account.customKey();
      account.encrypt(key, "x");
      refusal("NotFoundException", () -> account.encrypt("alias/nowhere", "x"));

      assertThat(account.aws.trail().events()).isEqualTo(events.all());
      assertThat(account.aws.trail().events(AuditQuery.all().about(key)))
          .extracting(AuditEvent::name)
          .containsExactly("CreateKey");
      assertThat(account.aws.trail().events(AuditQuery.all().named("Encrypt")))
          .extracting(AuditEvent::errorCode)
          .containsExactly("NotFoundException");
    }
  }

  @Test
  void brokenSink_doesNotHarmTheCallNorTheTrail() {
    AuditSink broken =
        new AuditSink() {
          @Override
          public boolean wants(String operation, boolean success) {
            return true;
          }

          @Override
          public void record(AuditEvent event) {
            throw new IllegalStateException("full");
          }
        };
    try (Account account = Account.connected(plan -> plan.audit(broken))) {
      String key = account.customKey();

      assertThat(account.keyState(key)).hasToString("Enabled");
      assertThat(account.aws.trail().events(AuditQuery.all().about(key))).hasSize(2);
    }
  }
}
