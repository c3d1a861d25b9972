package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.KmsConfig;
import dev.cks.audit.AuditQuery;
import dev.cks.service.Quotas;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Creation and deletion that something interrupts: a usable key, or an orphan with a name. */
class InterruptionsTest {
  /** The errors that CreateKey documents and that a cluster can cause. */
  private static final Set<String> DOCUMENTED =
      Set.of(
          "CloudHsmClusterInvalidConfigurationException",
          "CustomKeyStoreInvalidStateException",
          "DependencyTimeoutException",
          "KMSInternalException");

  private static final String ZONE = "us-east-1a";

  private static Runnable failing(Reason reason) {
    return () -> {
      throw new HsmException(reason, "interposed");
    };
  }

  private static String codeOfLastEvent(InterposedAccount account) {
    return account.trail.events(AuditQuery.all().latestFirst()).get(0).errorCode();
  }

  private static void createIsRefused(InterposedAccount account) {
    KmsException refusal = (KmsException) catchThrowable(account::customKey);
    assertThat(refusal).isNotNull();
    assertThat(refusal.awsErrorDetails().errorCode()).isIn(DOCUMENTED);
    assertThat(codeOfLastEvent(account)).isEqualTo(refusal.awsErrorDetails().errorCode());
    assertThat(account.keys()).isEmpty();
  }

  @Nested
  class Creation {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void generationThatFails_leavesNothing_andIsRefusedAsDocumented(Reason reason) {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.beforeGeneration = failing(reason);

        createIsRefused(account);
        assertThat(account.labels(ZONE)).isEmpty();
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = Reason.class,
        names = {"OUTCOME_UNKNOWN", "INTERNAL"})
    void generationWhoseAnswerIsLost_isUndone(Reason reason) {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.afterGeneration = failing(reason);

        createIsRefused(account);
        assertThat(account.labels(ZONE)).as("nothing left").isEmpty();
      }
    }

    @Test
    void generationThatCannotBeUndone_leavesAnOrphanThatItsLabelNames() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.afterGeneration =
            () -> {
              account.cluster.cutNetwork();
              failing(Reason.OUTCOME_UNKNOWN).run();
            };

        assertRefused("DependencyTimeoutException", account::customKey).isNotBlank();
        assertThat(account.keys()).isEmpty();
        account.cluster.restoreNetwork();
        assertThat(account.labels(ZONE)).hasSize(1);
        String orphan = account.labels(ZONE).get(0);
        assertThat(orphan).startsWith("arn:aws:kms:us-east-1:111122223333:key/");
        account.cluster.deleteKey(orphan);
        assertThat(account.labels(ZONE)).isEmpty();
      }
    }

    @Test
    void creation_onClusterThatCannotBeReached_isATimeout() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.cluster.cutNetwork();
        assertRefused("DependencyTimeoutException", account::customKey)
            .isEqualTo("KMS cannot communicate with your CloudHSM cluster");

        account.cluster.restoreNetwork();
        assertThat(account.encrypt(account.customKey()).asByteArray()).isNotEmpty();
      }
    }

    @Test
    void creation_whoseStoreIsDisconnectedAndConnectedMeanwhile_isRefusedForTheStore() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.afterGeneration =
            () -> {
              account.disconnect();
              account.connect();
            };

        assertRefused("CustomKeyStoreInvalidStateException", account::customKey).isNotBlank();
        assertThat(account.keys()).isEmpty();
      }
    }

    @Test
    void creation_whoseStoreIsDeletedMeanwhile_isRefusedForTheStore() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.beforeGeneration =
            () -> {
              account.disconnect();
              account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
            };

        assertRefused("CustomKeyStoreInvalidStateException", account::customKey).isNotBlank();
        assertThat(account.keys()).isEmpty();
      }
    }

    @Test
    void keysBeyondTheQuota_thatWereGeneratedMeanwhile_areUndone() {
      Quotas last = Quotas.documented().withKeys(1);
      try (InterposedAccount account = new InterposedAccount(config -> config.quotas(last))) {
        account.connect();
        account.interposed.afterGeneration =
            () -> {
              account.interposed.afterGeneration = () -> {};
              account.customKey(); // somebody else takes the last one
            };

        assertRefused("LimitExceededException", account::customKey).contains("is 1");
        assertThat(account.keys()).hasSize(1);
        assertThat(account.labels(ZONE)).isEqualTo(account.keys());
      }
    }

    @Test
    void conflictOfMetadata_isDecidedAgain() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        account.interposed.afterGeneration =
            () ->
                account.kms.updateCustomKeyStore(
                    r -> r.customKeyStoreId(account.store).newCustomKeyStoreName("Renamed"));

        String key = account.customKey();
        assertThat(account.encrypt(key).asByteArray()).isNotEmpty();
        assertThat(account.labels(ZONE)).containsExactly(key);
      }
    }

    @Test
    void failureOfTheMetadataStore_keepsTheMaterial_sinceTheRecordMayBeThere() {
      try (InterposedAccount account =
          new InterposedAccount(config -> config.metadata(new FailingForKeys()))) {
        account.connect();

        assertRefused("KMSInternalException", account::customKey).isNotBlank();
        assertThat(account.labels(ZONE)).hasSize(1);
        assertThat(codeOfLastEvent(account)).isEqualTo("KMSInternalException");
      }
    }
  }

  /** A disk that is full when a key is to be written. */
  private static final class FailingForKeys implements MetadataStore {
    private final MetadataStore store = KmsConfig.inMemoryStore();

    @Override
    public void load(Consumer<? super Stored> consumer) {
      store.load(consumer);
    }

    @Override
    public void commit(Changes changes) {
      if (changes.puts().stream().anyMatch(put -> put.record() instanceof MetadataRecord.OfKey)) {
        throw new IllegalStateException("disk full");
      }
      store.commit(changes);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  @Nested
  class Deletion {
    private AuditEvent deleteNow(InterposedAccount account, String key) {
      account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
      account.hsm.clock().advance(Duration.ofDays(8));
      assertThat(account.keys()).isEmpty();
      List<AuditEvent> events =
          account.trail.events(AuditQuery.all().named("DeleteKey").about(key));
      assertThat(events).hasSize(1);
      return events.get(0);
    }

    private static String status(AuditEvent event) {
      return String.valueOf(event.additionalEventData().get("backingKeysDeletionStatus"));
    }

    @Test
    void metadata_isGoneBeforeTheMaterial() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        String key = account.customKey();
        List<List<String>> seen = new ArrayList<>();
        account.interposed.beforeDestruction =
            () -> {
              seen.add(account.keys());
              seen.add(account.labels(ZONE));
            };

        assertThat(status(deleteNow(account, key))).contains("SUCCESS");
        assertThat(seen).containsExactly(List.of(), List.of(key));
        assertThat(account.labels(ZONE)).isEmpty();
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = Reason.class,
        names = {"AUTH_FAILED", "NOT_LOGGED_IN", "DENIED", "UNREACHABLE", "OUTCOME_UNKNOWN"})
    void oneHsmThatRefuses_isAFailure_ofTheHandle(Reason reason) {
      try (InterposedAccount account = InterposedAccount.connected()) {
        String key = account.customKey();
        account.interposed.destroyed =
            outcomes -> {
              List<HsmSession.Outcome> changed = new ArrayList<>(outcomes);
              changed.set(1, new HsmSession.Outcome(changed.get(1).hsm(), reason));
              return changed;
            };

        AuditEvent event = deleteNow(account, key);
        assertThat(status(event)).contains("\"deletionStatus\":\"FAILURE\"");
        assertThat(event.errorCode()).isNull();
      }
    }

    @Test
    void bugInTheCluster_isAFailure_andTimeGoesOn() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        String key = account.customKey();
        account.interposed.beforeDestruction =
            () -> {
              throw new IllegalStateException("bug");
            };

        assertThat(status(deleteNow(account, key))).contains("FAILURE");
        assertThat(account.labels(ZONE)).containsExactly(key);
      }
    }

    @Test
    void orphan_isFoundByItsLabel_andByTheHandleOfTheEvent() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        String key = account.customKey();
        account.disconnect();

        AuditEvent event = deleteNow(account, key);
        assertThat(status(event)).contains("FAILURE");
        var orphan = account.cluster.keysOn(ZONE).get(0);
        assertThat(orphan.label()).isEqualTo(key);
        assertThat(status(event)).contains("\"keyHandle\":\"" + orphan.reference() + "\"");
        account.connect();
        assertThat(account.labels(ZONE)).as("nobody tries again").containsExactly(key);
      }
    }

    @Test
    void passwordChangedBehindTheBackOfKms_isAFailure() {
      try (InterposedAccount account = InterposedAccount.connected()) {
        String key = account.customKey();
        account.disconnect();
        account.cluster.changePassword("kmsuser", "another1");
        account.connect();
        assertThat(account.connection()).hasToString("FAILED");

        assertThat(status(deleteNow(account, key))).contains("FAILURE");
        assertThat(account.labels(ZONE)).containsExactly(key);
      }
    }
  }
}
