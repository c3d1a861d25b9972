package dev.cks.service;

import static dev.cks.service.MemoryCluster.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.KeyState;
import dev.cks.service.KeyRequests.Scheduled;
import dev.cks.spi.HsmException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ScheduleKeyDeletion, CancelKeyDeletion, and what happens when the window ends. */
class DeletionsTest {
  private final TestAccount account = new TestAccount();
  private final KeyService keys = account.kms.keys();
  private final String store = account.connectedStore();
  private final String key = account.key(store);

  @AfterEach
  void close() {
    account.close();
  }

  private Scheduled schedule(Integer days) {
    return keys.scheduleDeletion(key, days, account.caller());
  }

  private void advance(int days) {
    account.time.advance(Duration.ofDays(days));
  }

  private boolean isThere() {
    return account.outcome(() -> account.state(key)).equals("ok");
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 30})
  void key_livesUntilItsWindowEnds(int days) {
    Scheduled scheduled = schedule(days);
    Instant due = ManualTime.START.plusSeconds(4).plus(Duration.ofDays(days));

    assertThat(scheduled)
        .isEqualTo(new Scheduled(TestAccount.arn(key), due, KeyState.PENDING_DELETION, days));
    assertThat(keys.describe(key, account.caller()).key().deletionDate()).isEqualTo(due);
    assertThat(account.time.agenda()).containsExactly(due + " delete key " + key);
    account.time.advance(Duration.between(account.time.now(), due).minusMillis(1));
    assertThat(isThere()).isTrue();
    account.time.advance(Duration.ofMillis(1));
    assertThat(isThere()).isFalse();
    assertThat(account.cluster.labels()).isEmpty();
  }

  @Test
  void window_is30Days_ifNoneIsGiven_andOthersAreRefused() {
    assertThat(schedule(null).pendingWindowInDays()).isEqualTo(30);
    keys.cancelDeletion(key, account.caller());
    assertThat(account.outcome(() -> schedule(6))).startsWith("ValidationException");
    assertThat(account.outcome(() -> schedule(31))).startsWith("ValidationException");
    assertThat(account.state(key)).isEqualTo("Disabled");
  }

  @Test
  void cancelledWindow_endsWithoutEffect_andTheNextOneCounts() {
    schedule(7);
    assertThat(account.outcome(() -> schedule(7)))
        .isEqualTo("KMSInvalidStateException: ARN:key/id1 is pending deletion.");
    assertThat(keys.cancelDeletion(key, account.caller())).isEqualTo(TestAccount.arn(key));
    assertThat(account.state(key)).isEqualTo("Disabled");
    assertThat(keys.describe(key, account.caller()).key().deletionDate()).isNull();
    advance(1);
    schedule(7);
    advance(6);
    assertThat(isThere()).as("the first window has ended").isTrue();
    advance(1);
    assertThat(isThere()).isFalse();
  }

  @Test
  void otherChanges_keepTheDeletionDate() {
    Instant due = schedule(7).deletionDate();
    keys.putPolicy(key, null, "{\"Statement\":1}", account.caller());

    assertThat(keys.describe(key, account.caller()).key().deletionDate()).isEqualTo(due);
    advance(7);
    assertThat(isThere()).isFalse();
  }

  @Test
  void records_goWithTheKey_andItsIdIsNeverGivenAgain() {
    keys.aliases().create("alias/a", key, account.caller());
    schedule(7);
    advance(7);

    List<String> kept = new ArrayList<>();
    account.metadata.load(stored -> kept.add(stored.record().key()));
    assertThat(kept)
        .containsExactlyInAnyOrder(
            "store:" + store,
            "claim:STORE_NAME:orders",
            "claim:CLUSTER_FAMILY:family",
            "claim:DELETED_KEY:" + key);
  }

  @Test
  void metadata_isGoneBeforeTheMaterial() {
    List<Boolean> there = new ArrayList<>();
    account.cluster.beforeNext("destroy", () -> there.add(isThere()));
    schedule(7);
    advance(7);

    assertThat(there).containsExactly(false);
  }

  @ParameterizedTest
  @CsvSource({", , SUCCESS", "UNREACHABLE, , FAILURE", ", INTERNAL, FAILURE"})
  void event_tellsWhetherEveryHsmDestroyedTheMaterial(Reason first, Reason second, String status) {
    schedule(7);
    account.cluster.setOutcomes(outcomes(first, second));

    assertThat(deletionEvent())
        .isEqualTo(
            """
            DeleteKey AwsServiceEvent 2026-01-08T00:00:04Z
              response {keyId=ARN:key/id1}
              additional {customKeyStoreId=store1, clusterId=cluster-1, backingKeys=[{"keyHandle":"1","backingKeyId":"material1"}], backingKeysDeletionStatus=[{"keyHandle":"1","backingKeyId":"material1","deletionStatus":"%s"}]}
              AWS::KMS::Key ARN:key/id1
            """
                .formatted(status));
  }

  private String deletionEvent() {
    account.begin();
    advance(7);
    return account.journal.text();
  }

  @Test
  void event_ofMaterialThatNobodyDestroyed_saysSo() {
    schedule(7);
    account.cluster.setOutcomes(List.of());
    assertThat(deletionEvent()).contains("\"deletionStatus\":\"FAILURE\"");
  }

  @Test
  void materialOutOfReach_staysBehind() {
    schedule(7);
    account.kms.keyStores().disconnect(store, account.caller());

    assertThat(deletionEvent()).contains("\"deletionStatus\":\"FAILURE\"");
    assertThat(account.cluster.labels()).containsExactly(TestAccount.arn(key));
    assertThat(isThere()).isFalse();
  }

  @Test
  void bugInTheCluster_isAFailure_andTimeGoesOn() {
    schedule(7);
    account.cluster.beforeNext(
        "destroy",
        () -> {
          throw new IllegalStateException("a bug");
        });

    assertThat(deletionEvent()).contains("\"deletionStatus\":\"FAILURE\"");
    assertThat(isThere()).isFalse();
  }

  @Test
  void deletion_ofAStandardKey_showsTheKeyOnly() {
    String standard = account.standardKey();
    keys.scheduleDeletion(standard, 7, account.caller());

    assertThat(deletionEvent())
        .isEqualTo(
            """
            DeleteKey AwsServiceEvent 2026-01-08T00:00:05Z
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            """);
    assertThat(account.standard.labels()).isEmpty();
  }

  @Test
  void store_countsItsKeysAnew() {
    String other = account.key(store);
    schedule(7);
    advance(7);
    account.kms.keyStores().disconnect(store, account.caller());

    assertThat(account.outcome(() -> account.kms.keyStores().delete(store, account.caller())))
        .startsWith("CustomKeyStoreHasCMKsException");
    keys.scheduleDeletion(other, 7, account.caller());
    advance(7);
    assertThat(account.outcome(() -> account.kms.keyStores().delete(store, account.caller())))
        .isEqualTo("ok");
  }

  @Test
  void events_ofSchedulingAndCancelling_tellTheWindow() {
    String standard = account.standardKey();
    account.begin();
    schedule(7);
    keys.cancelDeletion(key, account.caller());
    account.outcome(() -> schedule(5));
    keys.scheduleDeletion(standard, null, account.caller());

    assertThat(account.journal.text())
        .isEqualTo(
            """
            ScheduleKeyDeletion AwsApiCall 2026-01-01T00:00:05Z
              request {keyId=id1, pendingWindowInDays=7}
              response {keyId=ARN:key/id1, keyState=PendingDeletion, deletionDate=Jan 8, 2026, 12:00:05 AM}
              additional {customKeyStoreId=store1, clusterId=cluster-1, backingKeys=[{"keyHandle":"1","backingKeyId":"material1"}]}
              AWS::KMS::Key ARN:key/id1
            CancelKeyDeletion AwsApiCall 2026-01-01T00:00:06Z
              request {keyId=id1}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            ScheduleKeyDeletion AwsApiCall 2026-01-01T00:00:07Z
              request {keyId=id1, pendingWindowInDays=5}
              error ValidationException
              message 1 validation error detected: Value '5' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7
            ScheduleKeyDeletion AwsApiCall 2026-01-01T00:00:08Z
              request {keyId=id2}
              response {keyId=ARN:key/id2, keyState=PendingDeletion, deletionDate=Jan 31, 2026, 12:00:08 AM}
              AWS::KMS::Key ARN:key/id2
            """);
  }
}
