package dev.cks.service;

import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmSession;
import org.jspecify.annotations.Nullable;

/** A key store in the catalog, or the home of the standard keys. */
final class StoreEntry {

  /**
   * A record and the version it was committed as.
   *
   * @param store null for the home of the standard keys, which counts as connected for ever
   */
  record Row(@Nullable CustomKeyStore store, long version) {
    private static final long ONLY_ATTEMPT = 1;

    ConnectionState connection() {
      return store == null ? ConnectionState.CONNECTED : store.connection();
    }

    long attempt() {
      return store == null ? ONLY_ATTEMPT : store.attempt();
    }

    CustomKeyStore custom() {
      if (store == null) {
        throw new IllegalStateException("standard keys have no key store record");
      }
      return store;
    }
  }

  /** KMS's login to the cluster, held from connect to disconnect. */
  record Live(HsmSession session, Attachment attachment) {
    void close() {
      session.close();
      attachment.close();
    }
  }

  private volatile Row row;
  private volatile @Nullable Live live;

  StoreEntry(@Nullable CustomKeyStore store, long version) {
    row = new Row(store, version);
  }

  Row row() {
    return row;
  }

  /** Commits may be published out of order; the newest stays. */
  synchronized void publish(CustomKeyStore committed, long version) {
    if (version > row.version()) {
      row = new Row(committed, version);
    }
  }

  @Nullable Live live() {
    return live;
  }

  void goLive(Live connection) {
    live = connection;
  }

  /** Drops this connection, if it is still the current one. */
  @SuppressWarnings("ReferenceEquality") // this very login
  synchronized void endLive(Live connection) {
    if (live == connection) {
      live = null;
    }
    connection.close();
  }

  /** Drops whatever connection there is. */
  void endLive() {
    Live connection = live;
    if (connection != null) {
      endLive(connection);
    }
  }
}
