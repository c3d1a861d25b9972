package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Changes that lose a race, and metadata stores that fail. */
class ConflictsTest {

  /** Runs something else before a commit, once or always. */
  private static final class Contested implements MetadataStore {
    private final MetadataStore delegate = new ImpatientStore();
    private Runnable rival = () -> {};
    private int left;
    private boolean closed;

    void contest(int times, Runnable other) {
      rival = other;
      left = times;
    }

    @Override
    public void load(Consumer<? super Stored> consumer) {
      delegate.load(consumer);
    }

    @Override
    public void commit(Changes changes) {
      if (left > 0) {
        left--;
        rival.run();
      }
      delegate.commit(changes);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Contested metadata = new Contested();
  private final TestAccount account = new TestAccount(metadata, plan -> plan);

  @Test
  void lostRace_isDecidedAgain() {
    String key = account.standardKey();
    metadata.contest(1, () -> account.kms.keys().disable(key, account.caller()));
    account.kms.keys().updateDescription(key, "new", account.caller());

    assertThat(account.state(key)).isEqualTo("Disabled");
    assertThat(account.kms.keys().describe(key, account.caller()).key().description())
        .isEqualTo("new");
  }

  @Test
  void raceLostToADeletion_isRefused() {
    String store = account.store();
    metadata.contest(1, () -> account.kms.keyStores().delete(store, account.caller()));

    assertThat(
            account.outcome(
                () ->
                    account
                        .kms
                        .keyStores()
                        .update(
                            new KeyStoreRequests.Update(store, "x", null, null), account.caller())))
        .startsWith("CustomKeyStoreNotFoundException");
  }

  @Test
  void raceLostToTheEndOfTheKey_isRefused() {
    String key = account.standardKey();
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    metadata.contest(1, () -> account.time.advance(Duration.ofDays(7)));

    assertThat(
            account.outcome(
                () ->
                    account.kms.keys().putPolicy(key, null, "{\"Statement\":1}", account.caller())))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void alias_whoseTargetEndsMeanwhile_isNotCreated() {
    String key = account.standardKey();
    metadata.contest(
        1,
        () -> {
          account.kms.keys().scheduleDeletion(key, 7, account.caller());
          account.time.advance(Duration.ofDays(7));
        });

    assertThat(
            account.outcome(
                () -> account.kms.keys().aliases().create("alias/a", key, account.caller())))
        .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
  }

  @Test
  void key_whoseStoreMovesBeforeItsRecordIsKept_isNotCreated() {
    account.addCluster("cluster-2", "family");
    String store = account.connectedStore();
    KeyStoreService stores = account.kms.keyStores();
    metadata.contest(
        1,
        () -> {
          stores.disconnect(store, account.caller());
          stores.update(
              new KeyStoreRequests.Update(store, null, null, "cluster-2"), account.caller());
        });

    assertThat(account.outcome(() -> account.key(store)))
        .isEqualTo(
            "CustomKeyStoreInvalidStateException: The custom key store was disconnected before the"
                + " request was completed.");
    assertThat(account.kms.keys().list(null, null, account.caller()).items()).isEmpty();
  }

  @Test
  void storeThatFails_isABug_thatTheEventTellsNothingOf() {
    String key = account.standardKey();
    account.begin();
    metadata.contest(
        1,
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThatThrownBy(() -> account.kms.keys().disable(key, account.caller()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThat(account.journal.text())
        .isEqualTo(
            """
            DisableKey AwsApiCall 2026-01-01T00:00:02Z
              request {keyId=id1}
              AWS::KMS::Key ARN:key/id1
              error KMSInternalException
            """);
    assertThat(account.state(key)).isEqualTo("Enabled");
  }

  @Test
  void storeThatFailsDuringCreateKey_leavesTheMaterial_sinceTheRecordMayBeThere() {
    metadata.contest(
        1,
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThat(account.outcome(account::standardKey))
        .isEqualTo("KMSInternalException: The request failed for an internal reason.");
    assertThat(account.standard.labels()).hasSize(1);
  }

  @Test
  void close_closesTheStore() {
    account.close();

    assertThat(metadata.closed).isTrue();
  }
}
