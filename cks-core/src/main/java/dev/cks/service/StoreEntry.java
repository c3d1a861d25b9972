package dev.cks.service;

import dev.cks.domain.key.KeyHome;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmException;
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
  static final class Live {
    private final HsmSession session;
    private final Attachment attachment;

    /** Which login of its store it is; written before others can see this. */
    private int number;

    Live(HsmSession session, Attachment attachment) {
      this.session = session;
      this.attachment = attachment;
    }

    HsmSession session() {
      return session;
    }

    /** From 1 on, and greater than those of the logins before it. */
    int number() {
      return number;
    }

    void close() {
      session.close();
      attachment.close();
    }
  }

  private final KeyHome home;
  private final Turns turns = new Turns();
  private volatile Row row;
  private volatile @Nullable Live live;

  /** How many logins there were; guarded by this. */
  private int logins;

  StoreEntry(@Nullable CustomKeyStore store, long version) {
    home = store == null ? KeyHome.STANDARD : new KeyHome.Custom(store.id());
    row = new Row(store, version);
  }

  /** Where its keys are at home: one object, however many they are. */
  KeyHome home() {
    return home;
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

  /**
   * The login of a connected store.
   *
   * @throws HsmException {@code NOT_LOGGED_IN} if there is none
   */
  Live login() {
    Live connection = live;
    if (connection == null) {
      throw new HsmException(HsmException.Reason.NOT_LOGGED_IN, "no session with the cluster");
    }
    return connection;
  }

  /**
   * Its session.
   *
   * @throws HsmException {@code NOT_LOGGED_IN} if there is none
   */
  HsmSession session() {
    return login().session();
  }

  /** Whether the connection in which something was admitted has ended, or has been replaced. */
  boolean hasLeft(Row admitted) {
    return row.attempt() != admitted.attempt();
  }

  /** Runs attempts to connect this store, one after the other. */
  void inTurn(Runnable work) {
    turns.run(work);
  }

  synchronized void goLive(Live connection) {
    logins++;
    connection.number = logins;
    live = connection;
  }

  /** Drops this connection, if it is still the current one. */
  void endLive(Live connection) {
    forget(connection);
    connection.close(); // not inside the lock: it asks HSMs
  }

  @SuppressWarnings("ReferenceEquality") // this very login
  private synchronized void forget(Live connection) {
    if (live == connection) {
      live = null;
    }
  }

  /** Drops whatever connection there is. */
  void endLive() {
    Live connection = live;
    if (connection != null) {
      endLive(connection);
    }
  }
}
