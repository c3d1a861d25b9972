package dev.cks.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditEvent.Resource;
import dev.cks.spi.AuditSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/one";
  private static final String ALIAS = "arn:aws:kms:us-east-1:111122223333:alias/one";

  private final AuditTrail trail = AuditTrail.ofCapacity(4);

  private static AuditEvent event(int second, String name, String caller, Resource... resources) {
    return new AuditEvent(
        "event-" + second,
        START.plusSeconds(second),
        "kms.amazonaws.com",
        name,
        caller,
        "127.0.0.1",
        "test",
        "request-" + second,
        name.startsWith("Describe"),
        null,
        null,
        null,
        List.of(resources),
        null,
        null);
  }

  private void recordFour() {
    trail.record(event(1, "CreateKey", ALICE, Resource.key(KEY)));
    trail.record(event(2, "DescribeKey", "bob", Resource.key(KEY)));
    trail.record(event(3, "CreateAlias", ALICE, Resource.alias(ALIAS), Resource.key(KEY)));
    trail.record(event(4, "DeleteKey", null, Resource.key("other")));
  }

  private List<String> found(AuditQuery query) {
    return trail.events(query).stream().map(AuditEvent::name).toList();
  }

  @Test
  void fullTrail_dropsTheOldest_andCountsIt() {
    recordFour();
    assertThat(trail.dropped()).isZero();

    trail.record(event(5, "EnableKey", ALICE));

    assertThat(found(AuditQuery.all()))
        .containsExactly("DescribeKey", "CreateAlias", "DeleteKey", "EnableKey");
    assertThat(trail.dropped()).isEqualTo(1);
  }

  @Test
  void events_comeOldestFirst_orNewestFirstIfAsked() {
    recordFour();

    assertThat(trail.events())
        .extracting(AuditEvent::name)
        .containsExactly("CreateKey", "DescribeKey", "CreateAlias", "DeleteKey");
    assertThat(found(AuditQuery.all().latestFirst()))
        .containsExactly("DeleteKey", "CreateAlias", "DescribeKey", "CreateKey");
  }

  @Test
  void query_findsByEachCondition_andByAllTogether() {
    recordFour();
    AuditQuery all = AuditQuery.all();

    assertThat(found(all.named("CreateKey"))).containsExactly("CreateKey");
    assertThat(found(all.about(ALIAS))).containsExactly("CreateAlias");
    assertThat(found(all.about(KEY))).containsExactly("CreateKey", "DescribeKey", "CreateAlias");
    assertThat(found(all.by(ALICE))).containsExactly("CreateKey", "CreateAlias");
    assertThat(found(all.readOnly(true))).containsExactly("DescribeKey");
    assertThat(found(all.readOnly(false))).containsExactly("CreateKey", "CreateAlias", "DeleteKey");
    assertThat(found(all.between(START.plusSeconds(2), START.plusSeconds(3))))
        .containsExactly("DescribeKey", "CreateAlias");
    assertThat(found(all.about(KEY).by(ALICE).named("CreateAlias").latestFirst()))
        .containsExactly("CreateAlias");
    assertThat(found(all.named("CreateKey").by("bob"))).isEmpty();
  }

  @Test
  void clear_forgetsWithoutCountingAsDropped() {
    recordFour();
    List<AuditEvent> before = trail.events();

    trail.clear();

    assertThat(trail.events()).isEmpty();
    assertThat(trail.dropped()).isZero();
    assertThat(before).as("a copy stays as it is").hasSize(4);
  }

  @Test
  void eventThatIsRecordedLater_isMadeWhenItIsLookedAt() {
    AuditTrail single = AuditTrail.ofCapacity(1);
    List<String> made = new ArrayList<>();
    single.recordLater(
        "Encrypt",
        () -> {
          made.add("Encrypt");
          return event(1, "Encrypt", ALICE);
        });
    assertThat(made).isEmpty();

    assertThat(single.events()).containsExactly(event(1, "Encrypt", ALICE));
    assertThat(made).hasSize(1);
    assertThat(single).hasToString("AuditTrail[capacity 1]");
  }

  @Test
  void both_handsOnWhatIsMadeLater_toWhoWantsIt() {
    AuditTrail second = AuditTrail.ofCapacity(4);
    AuditSink.both(trail, second).recordLater("Encrypt", () -> event(1, "Encrypt", ALICE));
    AuditSink.both(AuditSink.none(), second).recordLater("Decrypt", () -> event(2, "x", ALICE));

    assertThat(trail.events()).containsExactly(event(1, "Encrypt", ALICE));
    assertThat(second.events()).hasSize(2);
  }

  @Test
  void capacityOfNothing_isRefused() {
    assertThatThrownBy(() -> AuditTrail.ofCapacity(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void manyWriters_losesNoneAndKeepsTheCapacity() throws Exception {
    int writers = 4;
    int each = 500;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    CyclicBarrier start = new CyclicBarrier(writers);
    List<Future<?>> running = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      running.add(
          pool.submit(
              () -> {
                start.await();
                for (int i = 0; i < each; i++) {
                  trail.record(event(i, "EnableKey", ALICE));
                  assertThat(trail.events()).hasSizeLessThanOrEqualTo(4);
                }
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get();
    }
    pool.shutdown();
    assertThat(trail.events()).hasSize(4);
    assertThat(trail.dropped()).isEqualTo((long) writers * each - 4);
  }

  @Test
  void event_keepsItsMapsAsTheyWere() {
    Map<String, Object> parameters = new HashMap<>(Map.of("keyId", KEY));
    AuditEvent event =
        new AuditEvent(
            "id",
            START,
            "s",
            "n",
            null,
            "a",
            "u",
            null,
            false,
            parameters,
            null,
            null,
            List.of(),
            null,
            null);
    parameters.put("keyId", "other");

    assertThat(event.requestParameters()).containsEntry("keyId", KEY);
  }

  @Test
  void both_givesEachSinkWhatItWants_evenIfTheOtherThrows() {
    AuditTrail second = AuditTrail.ofCapacity(4);
    AuditSink onlyFailures =
        new AuditSink() {
          @Override
          public boolean wants(String operation, boolean success) {
            return !success;
          }

          @Override
          public void record(AuditEvent event) {
            throw new IllegalStateException("wanted no success");
          }
        };
    AuditSink both = AuditSink.both(onlyFailures, second);

    assertThat(both.wants("CreateKey", true)).isTrue();
    both.record(event(1, "CreateKey", ALICE));
    assertThat(second.events()).hasSize(1);
    assertThat(AuditSink.both(AuditSink.none(), onlyFailures).wants("CreateKey", true)).isFalse();

    AuditEvent refused =
        new AuditEvent(
            "id",
            START,
            "s",
            "n",
            null,
            "a",
            "u",
            null,
            false,
            null,
            null,
            null,
            List.of(),
            "NotFoundException",
            null);
    assertThatThrownBy(() -> both.record(refused)).isInstanceOf(IllegalStateException.class);
    assertThat(second.events()).as("the other got it all the same").hasSize(2);
  }
}
