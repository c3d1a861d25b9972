package dev.cks.tck.model;

import java.time.Duration;

/**
 * One step of a history. Key stores, clusters and keys go by small numbers; who runs the step knows
 * the ids behind them. The key store with number <i>n</i> uses the cluster with number <i>n</i>.
 *
 * @param kind what is done
 * @param store number of a key store, where one is concerned
 * @param key number of a key, where one is concerned
 * @param name a new name of a key store or the name of an alias, where one is concerned
 * @param time how far time moves, or the deletion window
 */
public record Step(Kind kind, int store, int key, String name, Duration time) {

  /** What a step does. */
  public enum Kind {
    CREATE_STORE,
    CONNECT,
    DISCONNECT,
    RENAME_STORE,
    CHANGE_PASSWORD,
    DELETE_STORE,
    CREATE_KEY,
    DESCRIBE_KEY,
    ENABLE_KEY,
    DISABLE_KEY,
    SCHEDULE_DELETION,
    CANCEL_DELETION,
    ENCRYPT,
    CREATE_ALIAS,
    UPDATE_ALIAS,
    DELETE_ALIAS,
    /** From now on the cluster refuses every login: not an operation, a fault. */
    BREAK_CLUSTER,
    /** The cluster accepts logins again. */
    REPAIR_CLUSTER,
    /** Time passes, and what became due happens. */
    ADVANCE
  }

  /** A step that concerns a key store only. */
  public static Step ofStore(Kind kind, int store, String name) {
    return new Step(kind, store, 0, name, Duration.ZERO);
  }

  /** A step that concerns a key; {@code store} is where one is created. */
  public static Step ofKey(Kind kind, int key, int store) {
    return new Step(kind, store, key, "", Duration.ZERO);
  }

  /** ScheduleKeyDeletion. */
  public static Step schedule(int key, int days) {
    return new Step(Kind.SCHEDULE_DELETION, 0, key, "", Duration.ofDays(days));
  }

  /** A step that concerns an alias. */
  public static Step ofAlias(Kind kind, String name, int key) {
    return new Step(kind, 0, key, name, Duration.ZERO);
  }

  /** Time passes. */
  public static Step advance(Duration time) {
    return new Step(Kind.ADVANCE, 0, 0, "", time);
  }

  /** Short, for the steps of a history that failed. */
  @Override
  public String toString() {
    return switch (kind) {
      case CREATE_STORE, RENAME_STORE -> kind + "(store " + store + ", " + name + ")";
      case CONNECT, DISCONNECT, CHANGE_PASSWORD, DELETE_STORE, BREAK_CLUSTER, REPAIR_CLUSTER ->
          kind + "(store " + store + ")";
      case CREATE_KEY -> kind + "(key " + key + " in store " + store + ")";
      case DESCRIBE_KEY, ENABLE_KEY, DISABLE_KEY, CANCEL_DELETION, ENCRYPT ->
          kind + "(key " + key + ")";
      case SCHEDULE_DELETION -> kind + "(key " + key + ", " + time.toDays() + " days)";
      case CREATE_ALIAS, UPDATE_ALIAS -> kind + "(" + name + " to key " + key + ")";
      case DELETE_ALIAS -> kind + "(" + name + ")";
      case ADVANCE -> kind + "(" + time + ")";
    };
  }
}
