package dev.cks.domain.keystore;

import static dev.cks.domain.keystore.ConnectionState.CONNECTED;
import static dev.cks.domain.keystore.ConnectionState.CONNECTING;
import static dev.cks.domain.keystore.ConnectionState.DISCONNECTED;
import static dev.cks.domain.keystore.ConnectionState.DISCONNECTING;
import static dev.cks.domain.keystore.ConnectionState.FAILED;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection state machine of a key store: state × trigger → state (spec B.1, B.2). A pair that
 * is not listed is refused when a caller asked for it, and is a stale result, to be dropped, when
 * it comes from an attempt. Nothing else in the library compares connection states.
 */
public final class ConnectionTable {

  /** What can happen to a key store. */
  public enum Trigger {
    /** ConnectCustomKeyStore. */
    CONNECT,
    /** The attempt logged in and rotated the password. */
    CONNECT_SUCCEEDED,
    /** The attempt ended with a {@link ConnectionErrorCode}. */
    CONNECT_FAILED,
    /** DisconnectCustomKeyStore. */
    DISCONNECT,
    /** KMS has logged out of the cluster. */
    DISCONNECT_FINISHED,
    /** UpdateCustomKeyStore of nothing but the name. */
    RENAME,
    /** UpdateCustomKeyStore of anything else. */
    UPDATE,
    /** DeleteCustomKeyStore; the store must also hold no keys. */
    DELETE,
    /** DescribeCustomKeyStores. */
    DESCRIBE,
    /** CreateKey in the store. */
    CREATE_KEY,
    /** GenerateRandom in the store's cluster. */
    GENERATE_RANDOM,
    /** A cryptographic operation with one of its keys. */
    USE_KEY,
    /** Managing one of its keys: describe, enable, tag, schedule deletion and so on. */
    MANAGE_KEY
  }

  /** One row: in {@code from}, {@code on} leads to {@code to}. */
  public record Edge(ConnectionState from, Trigger on, ConnectionState to) {}

  // spotless:off
  private static final Edge[] EDGES = {
    //   from            on                           to
    edge(DISCONNECTED,  Trigger.CONNECT,             CONNECTING),
    edge(CONNECTING,    Trigger.CONNECT,             CONNECTING), // accepted; no second attempt starts
    edge(CONNECTED,     Trigger.CONNECT,             CONNECTED), // accepted; no effect
    edge(CONNECTING,    Trigger.CONNECT_SUCCEEDED,   CONNECTED),
    edge(CONNECTING,    Trigger.CONNECT_FAILED,      FAILED),
    edge(CONNECTED,     Trigger.DISCONNECT,          DISCONNECTING),
    edge(CONNECTING,    Trigger.DISCONNECT,          DISCONNECTING), // cancels the attempt
    edge(FAILED,        Trigger.DISCONNECT,          DISCONNECTING), // the only way out of FAILED
    edge(DISCONNECTING, Trigger.DISCONNECT_FINISHED, DISCONNECTED),
    edge(DISCONNECTED,  Trigger.RENAME,              DISCONNECTED),
    edge(CONNECTED,     Trigger.RENAME,              CONNECTED),
    edge(DISCONNECTED,  Trigger.UPDATE,              DISCONNECTED),
    edge(DISCONNECTED,  Trigger.DELETE,              DISCONNECTED),
    edge(DISCONNECTED,  Trigger.DESCRIBE,            DISCONNECTED),
    edge(CONNECTING,    Trigger.DESCRIBE,            CONNECTING),
    edge(CONNECTED,     Trigger.DESCRIBE,            CONNECTED),
    edge(FAILED,        Trigger.DESCRIBE,            FAILED),
    edge(DISCONNECTING, Trigger.DESCRIBE,            DISCONNECTING),
    edge(CONNECTED,     Trigger.CREATE_KEY,          CONNECTED),
    edge(CONNECTED,     Trigger.GENERATE_RANDOM,     CONNECTED),
    edge(CONNECTED,     Trigger.USE_KEY,             CONNECTED),
    edge(DISCONNECTED,  Trigger.MANAGE_KEY,          DISCONNECTED),
    edge(CONNECTING,    Trigger.MANAGE_KEY,          CONNECTING),
    edge(CONNECTED,     Trigger.MANAGE_KEY,          CONNECTED),
    edge(FAILED,        Trigger.MANAGE_KEY,          FAILED),
    edge(DISCONNECTING, Trigger.MANAGE_KEY,          DISCONNECTING),
  };
  // spotless:on

  private static final int TRIGGERS = Trigger.values().length;
  private static final @Nullable ConnectionState[] NEXT = index();

  private ConnectionTable() {}

  private static Edge edge(ConnectionState from, Trigger on, ConnectionState to) {
    return new Edge(from, on, to);
  }

  @SuppressWarnings("EnumOrdinal") // within one run only
  private static int cell(ConnectionState state, Trigger trigger) {
    return state.ordinal() * TRIGGERS + trigger.ordinal();
  }

  private static @Nullable ConnectionState[] index() {
    @Nullable ConnectionState[] next =
        new ConnectionState[ConnectionState.values().length * TRIGGERS];
    for (Edge edge : EDGES) {
      int cell = cell(edge.from(), edge.on());
      if (next[cell] != null) {
        throw new IllegalStateException("two rows for " + edge.from() + " on " + edge.on());
      }
      next[cell] = edge.to();
    }
    return next;
  }

  /** All rows, for documents. */
  public static List<Edge> edges() {
    return List.of(EDGES);
  }

  /** Where {@code trigger} leads from {@code state}; empty if it is refused there. */
  public static Optional<ConnectionState> next(ConnectionState state, Trigger trigger) {
    return Optional.ofNullable(NEXT[cell(state, trigger)]);
  }

  /** Whether {@code trigger} is accepted in {@code state}. */
  public static boolean permits(ConnectionState state, Trigger trigger) {
    return NEXT[cell(state, trigger)] != null;
  }
}
