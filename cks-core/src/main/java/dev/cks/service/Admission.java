package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyStateTable;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.key.Verdict;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The only reader of the two tables: turns a refusing cell into AWS's exception. */
final class Admission {
  private Admission() {}

  /** Returns the key as it was judged, or throws what its state answers to this operation. */
  static KmsKey admit(KeyOperation operation, KeyEntry entry) {
    return admit(operation, entry, entry.key());
  }

  /** The same for a snapshot of the key that a change will be based on. */
  static KmsKey admit(KeyOperation operation, KeyEntry entry, KmsKey key) {
    StoreEntry.Row store = entry.store().row();
    Verdict verdict =
        KeyStateTable.verdict(
            operation, key.state(store.connection(), store.attempt()), key.home());
    if (verdict != Verdict.PERMITTED) {
      throw verdict.refusal(key);
    }
    return key;
  }

  /**
   * The key after an admitted operation moved its lifecycle.
   *
   * @param deletionDate when its window ends, if it is pending deletion now
   */
  static KmsKey moved(KmsKey key, KeyOperation operation, @Nullable Instant deletionDate) {
    KeyLifecycle lifecycle = KeyStateTable.after(operation, key.lifecycle());
    boolean pending = lifecycle == KeyLifecycle.PENDING_DELETION;
    return key.withLifecycle(lifecycle, pending ? deletionDate : null);
  }

  /** Returns the state that a caller's trigger leads to, or throws. */
  static ConnectionState admit(Trigger trigger, ConnectionState state) {
    return ConnectionTable.next(state, trigger).orElseThrow(() -> refusal(trigger, state));
  }

  /** Whether a trigger would be accepted. */
  static boolean permits(Trigger trigger, ConnectionState state) {
    return ConnectionTable.permits(state, trigger);
  }

  /** Where an attempt's result leads; empty if it is stale. */
  static Optional<ConnectionState> result(Trigger trigger, ConnectionState state) {
    return ConnectionTable.next(state, trigger);
  }

  private static KmsException refusal(Trigger trigger, ConnectionState state) {
    String wish =
        switch (trigger) {
          case CONNECT -> "connect the custom key store";
          case DISCONNECT -> "disconnect the custom key store";
          case RENAME, UPDATE -> "update the custom key store";
          case DELETE -> "delete the custom key store";
          case CREATE_KEY -> "create a KMS key in the custom key store";
          case GENERATE_RANDOM -> "generate random bytes in the custom key store";
          default -> "use the custom key store";
        };
    return new KmsException(
        KmsErrorCode.CUSTOM_KEY_STORE_INVALID_STATE,
        "You cannot " + wish + " while its ConnectionState is " + state + ".");
  }
}
