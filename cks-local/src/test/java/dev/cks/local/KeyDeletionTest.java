package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.AuditEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;

/** Deleting a key: the window, its end, and what becomes of the material (spec C.1 to C.4). */
class KeyDeletionTest {
  private static void scheduleDeletion(Account account, String key) {
    account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
  }

  private static void enable(Account account, String key) {
    account.kms.enableKey(r -> r.keyId(key));
  }

  @Nested
  class Deletion {
    @Test
    void schedule_answersArnDateStateAndWindow() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        ScheduleKeyDeletionResponse answer =
            account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));

        assertThat(answer.keyId()).isEqualTo(key);
        assertThat(answer.keyState()).isEqualTo(KeyState.PENDING_DELETION);
        assertThat(answer.pendingWindowInDays()).isEqualTo(7);
        assertThat(answer.deletionDate())
            .isEqualTo(account.aws.clock().now().plus(Duration.ofDays(7)));
        assertThat(account.key(key).deletionDate()).isEqualTo(answer.deletionDate());
        assertThat(account.key(key).enabled()).isFalse();
      }
    }

    @Test
    void schedule_withoutWindow_takes30Days() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        ScheduleKeyDeletionResponse answer = account.kms.scheduleKeyDeletion(r -> r.keyId(key));

        assertThat(answer.pendingWindowInDays()).isEqualTo(30);
        account.aws.clock().advanceTo(answer.deletionDate().minusMillis(2));
        assertThat(account.keyState(key)).isEqualTo(KeyState.PENDING_DELETION);
      }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6, 31, 365})
    void schedule_withWindowOutside7To30_isRefused(int days) {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String rule = days < 7 ? "greater than or equal to 7" : "less than or equal to 30";

        assertRefused(
                "ValidationException",
                () -> account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(days)))
            .isEqualTo(
                "1 validation error detected: Value '"
                    + days
                    + "' at 'pendingWindowInDays' failed to satisfy constraint: Member must have"
                    + " value "
                    + rule);
        assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
      }
    }

    @Test
    void schedule_twice_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);

        assertRefused("KMSInvalidStateException", () -> scheduleDeletion(account, key))
            .isEqualTo(key + " is pending deletion.");
      }
    }

    @Test
    void cancel_disablesTheKey_andTheWindowEndsWithoutEffect() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);

        assertThat(account.kms.cancelKeyDeletion(r -> r.keyId(key)).keyId()).isEqualTo(key);
        account.aws.clock().advance(Duration.ofDays(8));

        assertThat(account.keyState(key)).isEqualTo(KeyState.DISABLED);
        assertThat(account.key(key).deletionDate()).isNull();
        enable(account, key);
        assertThat(account.decrypt(account.encrypt(key, "alive"))).isEqualTo("alive");
      }
    }

    @Test
    void cancelledAndScheduledAgain_livesUntilTheSecondWindowEnds() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        scheduleDeletion(account, key);
        account.aws.clock().advance(Duration.ofDays(3));
        account.kms.cancelKeyDeletion(r -> r.keyId(key));
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(5));
        assertThat(account.keyState(key)).isEqualTo(KeyState.PENDING_DELETION);
        account.aws.clock().advance(Duration.ofDays(3));
        assertRefused("NotFoundException", () -> account.key(key)).contains(key);
      }
    }

    @Test
    void cancel_ofKeyThatIsNotPending_isRefused() {
      try (Account account = Account.connected()) {
        String key = account.customKey();

        assertRefused(
                "KMSInvalidStateException", () -> account.kms.cancelKeyDeletion(r -> r.keyId(key)))
            .isEqualTo(key + " is not pending deletion.");
        account.disconnect();
        assertRefused(
                "KMSInvalidStateException", () -> account.kms.cancelKeyDeletion(r -> r.keyId(key)))
            .isEqualTo(key + " is not pending deletion.");
      }
    }

    @Test
    void endOfWindow_takesKeyAliasesAndMaterial() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        String other = account.customKey();
        account.kms.createAlias(r -> r.aliasName("alias/gone").targetKeyId(key));
        account.kms.createAlias(r -> r.aliasName("alias/stays").targetKeyId(other));
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(8));

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(other)::equals);
        assertThat(account.kms.listAliases().aliases())
            .extracting(alias -> alias.aliasName())
            .containsExactly("alias/stays");
        assertThat(account.kms.listKeys().keys())
            .extracting(entry -> entry.keyArn())
            .containsExactly(other);
        assertRefused("NotFoundException", () -> account.key("alias/gone"))
            .isEqualTo("Alias arn:aws:kms:us-east-1:111122223333:alias/gone is not found.");
      }
    }

    @Test
    void endOfWindow_ofStandardKey_takesItToo() {
      try (Account account = Account.connected()) {
        String key = account.standardKey();
        scheduleDeletion(account, key);

        account.aws.clock().advance(Duration.ofDays(8));

        assertRefused("NotFoundException", () -> account.encrypt(key, "x")).contains(key);
      }
    }

    @Test
    void store_withPendingKey_cannotBeDeleted_untilTheWindowHasEnded() {
      try (Account account = Account.connected()) {
        scheduleDeletion(account, account.customKey());
        account.disconnect();

        assertRefused(
                "CustomKeyStoreHasCMKsException",
                () -> account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)))
            .isNotBlank();

        account.aws.clock().advance(Duration.ofDays(8));
        account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
        assertThat(account.kms.describeCustomKeyStores().customKeyStores()).isEmpty();
      }
    }
  }

  /** What becomes of the material when the cluster does not hear of the deletion (spec C.4). */
  @Nested
  class Orphans {
    private final RecordingSink events = new RecordingSink();

    private Account account() {
      return Account.connected(plan -> plan.audit(events));
    }

    private String deletionStatus() {
      AuditEvent event = events.named("DeleteKey").get(0);
      assertThat(event.isServiceEvent()).isTrue();
      return String.valueOf(event.additionalEventData().get("backingKeysDeletionStatus"));
    }

    private void deleteNow(Account account, String key, Runnable trouble) {
      scheduleDeletion(account, key);
      trouble.run();
      account.aws.clock().advance(Duration.ofDays(8));
      assertRefused("NotFoundException", () -> account.key(key)).contains(key);
    }

    @Test
    void material_ofConnectedStore_isDestroyed() {
      try (Account account = account()) {
        deleteNow(account, account.customKey(), () -> {});

        assertThat(account.labelsOnEachHsm()).allMatch(List::isEmpty);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"SUCCESS\"");
      }
    }

    @Test
    void material_ofDisconnectedStore_staysAsOrphan_untilSomebodyDeletesIt() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, account::disconnect);

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");

        account.cluster.deleteKey(key);
        assertThat(account.labelsOnEachHsm()).allMatch(List::isEmpty);
      }
    }

    @Test
    void material_behindCutNetwork_staysAsOrphan() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, account.cluster::cutNetwork);

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
      }
    }

    @Test
    void material_onStoppedHsms_staysAsOrphan() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, () -> account.hsms().forEach(account.cluster::stopNode));

        assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(List.of(key)::equals);
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
      }
    }

    @Test
    void material_onOneHsmOutOfReach_staysThere() {
      try (Account account = account()) {
        String key = account.customKey();
        deleteNow(account, key, () -> account.cluster.partition("us-east-1b"));

        assertThat(account.labelsOnEachHsm()).containsExactly(List.of(), List.of(key), List.of());
        assertThat(deletionStatus()).contains("\"deletionStatus\":\"FAILURE\"");
      }
    }
  }
}
