package dev.cks.service;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreRules;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.RandomSource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects and disconnects key stores. A connect finds the cluster, takes addresses, logs in as
 * {@code kmsuser}, replaces its password by a secret one and stays logged in (spec B.4). Each
 * attempt carries its number; a result that comes after a newer attempt is dropped. The attempts of
 * one store run one after the other, so that a cancelled one cannot change the password behind the
 * back of its successor, nor be in its way as a login.
 *
 * <p>The new password is committed as candidate before it is sent and becomes current when every
 * HSM took it. If an answer is lost in between, the next connect knows both. A candidate that some
 * HSMs may have is sent again rather than replaced by a third password.
 */
final class Connector {
  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final int PASSWORD_LENGTH = 32;
  private static final byte[] PASSWORD_ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
          .getBytes(StandardCharsets.US_ASCII);

  private final Catalog catalog;
  private final ServicePorts ports;

  Connector(Catalog catalog, ServicePorts ports) {
    this.catalog = catalog;
    this.ports = ports;
  }

  /** Begins an attempt, unless one is under way or has succeeded. */
  void connect(StoreEntry entry, Instant now) {
    Optional<Long> attempt = catalog.deciding(() -> beginConnect(entry));
    attempt.ifPresent(number -> later(now, "connect", entry, () -> inTurn(entry, number)));
  }

  private Optional<Long> beginConnect(StoreEntry entry) {
    StoreEntry.Row row = catalog.present(entry);
    CustomKeyStore store = row.custom();
    ConnectionState next = Admission.admit(Trigger.CONNECT, store.connection());
    if (next == store.connection()) {
      return Optional.empty();
    }
    // a cluster that is not there is found out by the attempt, these two at once (spec B.3)
    ports
        .clusters()
        .find(store.clusterId())
        .ifPresent(cluster -> Clusters.requireUsable(cluster.facts()));
    long number = store.attempt() + 1;
    commit(row, store.withConnection(next, number, null));
    return Optional.of(number);
  }

  /** Ends a connection or an attempt. */
  void disconnect(StoreEntry entry, Instant now) {
    long number =
        catalog.deciding(
            () -> {
              StoreEntry.Row row = catalog.present(entry);
              CustomKeyStore store = row.custom();
              ConnectionState next = Admission.admit(Trigger.DISCONNECT, store.connection());
              long attempt = store.attempt() + 1;
              commit(row, store.withConnection(next, attempt, codeAfterDisconnect(store)));
              return attempt;
            });
    later(now, "disconnect", entry, () -> finishDisconnect(entry, number));
  }

  private @Nullable ConnectionErrorCode codeAfterDisconnect(CustomKeyStore store) {
    return ports.errorCodeOnlyWhileFailed() ? null : store.connectionErrorCode();
  }

  private void finishDisconnect(StoreEntry entry, long attempt) {
    entry.endLive();
    finish(entry, attempt, Trigger.DISCONNECT_FINISHED, UnaryOperator.identity());
  }

  private void later(Instant now, String what, StoreEntry entry, Runnable work) {
    if (ports.connectLatency().isZero()) {
      work.run();
    } else {
      CustomKeyStore store = entry.row().custom();
      ports.timeline().at(now.plus(ports.connectLatency()), what + " " + store.id(), work);
    }
  }

  private void inTurn(StoreEntry entry, long attempt) {
    entry.inTurn(() -> attempt(entry, attempt));
  }

  private void attempt(StoreEntry entry, long attempt) {
    CustomKeyStore store = entry.row().custom();
    if (store.attempt() != attempt) {
      return;
    }
    try {
      HsmCluster cluster = ports.clusters().find(store.clusterId()).orElse(null);
      if (cluster == null) {
        fail(entry, attempt, ConnectionErrorCode.CLUSTER_NOT_FOUND);
      } else {
        establish(entry, attempt, login(cluster, store));
      }
    } catch (HsmException failure) {
      fail(entry, attempt, HsmFailureMap.whenConnecting(failure.reason()));
    } catch (RuntimeException bug) {
      LOG.error("connecting {} failed for a reason that is a bug", store.id(), bug);
      fail(entry, attempt, ConnectionErrorCode.INTERNAL_ERROR);
    }
  }

  private StoreEntry.Live login(HsmCluster cluster, CustomKeyStore store) {
    Attachment attachment = cluster.attach(store.id().value());
    try {
      HsmSession session =
          cluster.login(KeyStoreRules.KMSUSER, store.password(), store.candidate());
      return new StoreEntry.Live(session, attachment);
    } catch (RuntimeException failure) {
      attachment.close();
      throw failure;
    }
  }

  private void establish(StoreEntry entry, long attempt, StoreEntry.Live live) {
    boolean connected = false;
    try {
      Optional<SecretBytes> secret = announceCandidate(entry, attempt);
      if (secret.isEmpty()) {
        return; // stale
      }
      Optional<ConnectionErrorCode> failure = rotate(live.session(), secret.get());
      if (failure.isPresent()) {
        fail(entry, attempt, failure.get());
        return;
      }
      entry.goLive(live);
      connected =
          finish(
              entry,
              attempt,
              Trigger.CONNECT_SUCCEEDED,
              store -> store.withPasswords(secret.get(), null));
    } finally {
      if (!connected) {
        entry.endLive(live);
      }
    }
  }

  /** Empty if every HSM took the password; an HSM that says it failed is not out of reach. */
  private static Optional<ConnectionErrorCode> rotate(HsmSession session, SecretBytes secret) {
    List<HsmSession.Outcome> outcomes = session.changePassword(secret);
    List<HsmSession.Outcome> failed = outcomes.stream().filter(outcome -> !outcome.done()).toList();
    if (!outcomes.isEmpty() && failed.isEmpty()) {
      return Optional.empty();
    }
    boolean internal =
        !failed.isEmpty()
            && failed.stream()
                .allMatch(outcome -> outcome.failure() == HsmException.Reason.INTERNAL);
    return Optional.of(
        internal ? ConnectionErrorCode.INTERNAL_ERROR : ConnectionErrorCode.NETWORK_ERRORS);
  }

  private Optional<SecretBytes> announceCandidate(StoreEntry entry, long attempt) {
    return catalog.deciding(
        () -> {
          StoreEntry.Row row = entry.row();
          CustomKeyStore store = row.custom();
          if (store.attempt() != attempt) {
            return Optional.empty();
          }
          SecretBytes known = store.candidate();
          if (known != null) {
            return Optional.of(known);
          }
          SecretBytes fresh = newPassword();
          commit(row, store.withPasswords(store.password(), fresh));
          return Optional.of(fresh);
        });
  }

  private SecretBytes newPassword() {
    byte[] bytes = new byte[PASSWORD_LENGTH];
    ports.random().fill(RandomSource.Stream.PASSWORDS, bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = PASSWORD_ALPHABET[(bytes[i] & 0xFF) % PASSWORD_ALPHABET.length];
    }
    SecretBytes password = SecretBytes.copyOf(bytes);
    Arrays.fill(bytes, (byte) 0);
    return password;
  }

  private void fail(StoreEntry entry, long attempt, ConnectionErrorCode code) {
    LOG.debug("attempt {} to connect failed: {}", attempt, code);
    finish(
        entry,
        attempt,
        Trigger.CONNECT_FAILED,
        store -> store.withConnection(store.connection(), attempt, code));
  }

  /** Applies the result of an attempt; false if it is stale. */
  private boolean finish(
      StoreEntry entry, long attempt, Trigger result, UnaryOperator<CustomKeyStore> change) {
    return catalog.deciding(
        () -> {
          StoreEntry.Row row = entry.row();
          CustomKeyStore store = row.custom();
          Optional<ConnectionState> next = Admission.result(result, store.connection());
          if (store.attempt() != attempt || next.isEmpty()) {
            return false;
          }
          CustomKeyStore changed = change.apply(store);
          commit(row, changed.withConnection(next.get(), attempt, changed.connectionErrorCode()));
          return true;
        });
  }

  private void commit(StoreEntry.Row row, CustomKeyStore changed) {
    catalog.commit(Changes.builder().put(new OfStore(changed), row.version()).build());
  }

  /** After a start with kept records: takes up what the records say is under way. */
  void resume(StoreEntry entry, Instant now) {
    CustomKeyStore store = entry.row().custom();
    long attempt = store.attempt();
    if (Admission.permits(Trigger.CONNECT_SUCCEEDED, store.connection())) {
      later(now, "connect", entry, () -> inTurn(entry, attempt));
    } else if (Admission.permits(Trigger.DISCONNECT_FINISHED, store.connection())) {
      finishDisconnect(entry, attempt);
    } else if (Admission.permits(Trigger.USE_KEY, store.connection())) {
      ports.clusters().find(store.clusterId()).ifPresent(cluster -> logInAgain(entry, cluster));
    }
  }

  private void logInAgain(StoreEntry entry, HsmCluster cluster) {
    try {
      entry.goLive(login(cluster, entry.row().custom()));
    } catch (HsmException failure) {
      // the store stays CONNECTED, which never meant that HSMs answer (spec A.1)
      LOG.warn("key store {} has no session: {}", entry.row().custom().id(), failure.reason());
    }
  }
}
