package dev.cks.domain.key;

import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable;
import dev.cks.domain.keystore.ConnectionTable.Trigger;

/**
 * The state that {@code DescribeKey} shows. Derived from three stored facts, never stored itself:
 * so disconnecting a store makes all its keys unavailable by writing one record, and reconnecting
 * has nothing to restore (spec C.1, C.2).
 */
public enum KeyState {
  /** Can be used. */
  ENABLED("Enabled"),
  /** Was disabled, and its store is connected. */
  DISABLED("Disabled"),
  /** Waits for its deletion, whatever the connection of its store. */
  PENDING_DELETION("PendingDeletion"),
  /** Its store is not connected, or no HSM has its material. */
  UNAVAILABLE("Unavailable");

  private final String wireName;

  KeyState(String wireName) {
    this.wireName = wireName;
  }

  /** The spelling of the KMS API. */
  public String wireName() {
    return wireName;
  }

  /**
   * The state to show.
   *
   * @param lifecycle what the key stores
   * @param store the connection of the key's store
   * @param materialMissing true if, in this very connection, every active HSM said that the key's
   *     material is gone
   */
  public static KeyState of(
      KeyLifecycle lifecycle, ConnectionState store, boolean materialMissing) {
    boolean available = !materialMissing && ConnectionTable.permits(store, Trigger.USE_KEY);
    return switch (lifecycle) {
      // shown even while the store is away, so that it can be cancelled
      case PENDING_DELETION -> PENDING_DELETION;
      case ENABLED -> available ? ENABLED : UNAVAILABLE;
      case DISABLED -> available ? DISABLED : UNAVAILABLE;
    };
  }
}
