package dev.cks.tck.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Key stores and keys as AWS documents them, small enough to be believed: it knows the published
 * tables and nothing of the library. {@link #apply} predicts the outcome of a step; afterwards
 * {@link #connections()} and {@link #keyStates()} are what the library must show.
 *
 * <p>Time is the runner's: work that became due happens in {@code ADVANCE} only, so that a history
 * can look at every state in between. Without a latency, connecting is done before the next step.
 */
public final class ReferenceModel {
  /** The outcome of a step that succeeds; every other outcome is the name of an AWS error. */
  public static final String OK = PublishedTables.PERMITTED;

  private static final String DISCONNECTED = "DISCONNECTED";
  private static final String CONNECTED = "CONNECTED";
  private static final String ENABLED = "Enabled";
  private static final String DISABLED = "Disabled";
  private static final String PENDING_DELETION = "PendingDeletion";
  private static final String UNAVAILABLE = "Unavailable";

  private static final class Store {
    String name;
    String connection = DISCONNECTED;
    Duration doneAt = Duration.ZERO;
    boolean passwordAsCreated = true;

    Store(String name) {
      this.name = name;
    }
  }

  private static final class Key {
    final int store;
    String lifecycle = ENABLED;
    Duration deletedAt = Duration.ZERO;

    Key(int store) {
      this.store = store;
    }
  }

  private final PublishedTables tables = new PublishedTables();
  private final Map<Integer, Store> stores = new TreeMap<>();
  private final Map<Integer, Key> keys = new TreeMap<>();
  private final Map<String, Integer> aliases = new TreeMap<>();
  private final Set<Integer> broken = new HashSet<>();
  private final Map<Integer, String> lineages;
  private final Duration connectLatency;
  private Duration now = Duration.ZERO;

  /**
   * A world without key stores.
   *
   * @param lineages the clusters that exist, with their backup history
   * @param connectLatency how long connecting and disconnecting take
   */
  public ReferenceModel(Map<Integer, String> lineages, Duration connectLatency) {
    this.lineages = Map.copyOf(lineages);
    this.connectLatency = connectLatency;
  }

  /**
   * Whether a step would give the number of an existing key to a new one; such a step is skipped.
   */
  public boolean reusesANumber(Step step) {
    return step.kind() == Step.Kind.CREATE_KEY && keys.containsKey(step.key());
  }

  /** Takes a step; answers {@link #OK} or the name of the AWS error. */
  public String apply(Step step) {
    return switch (step.kind()) {
      case CREATE_STORE -> createStore(step.store(), step.name());
      case CONNECT -> begin(step.store(), "ConnectCustomKeyStore");
      case DISCONNECT -> begin(step.store(), "DisconnectCustomKeyStore");
      case RENAME_STORE -> rename(step.store(), step.name());
      case CHANGE_PASSWORD -> changePassword(step.store());
      case DELETE_STORE -> deleteStore(step.store());
      case CREATE_KEY -> createKey(step.key(), step.store());
      case DESCRIBE_KEY -> onKey(step.key(), "DescribeKey", null);
      case ENABLE_KEY -> onKey(step.key(), "EnableKey", ENABLED);
      case DISABLE_KEY -> onKey(step.key(), "DisableKey", DISABLED);
      case SCHEDULE_DELETION -> schedule(step.key(), step.time());
      case CANCEL_DELETION -> onKey(step.key(), "CancelKeyDeletion", DISABLED);
      case ENCRYPT -> onKey(step.key(), "Encrypt", null);
      case CREATE_ALIAS -> createAlias(step.name(), step.key());
      case UPDATE_ALIAS -> updateAlias(step.name(), step.key());
      case DELETE_ALIAS -> aliases.remove(step.name()) == null ? "NotFoundException" : OK;
      case BREAK_CLUSTER -> {
        broken.add(step.store());
        yield OK;
      }
      case REPAIR_CLUSTER -> {
        broken.remove(step.store());
        yield OK;
      }
      case ADVANCE -> advance(step.time());
    };
  }

  /** The connection state of each key store there is. */
  public Map<Integer, String> connections() {
    Map<Integer, String> shown = new TreeMap<>();
    stores.forEach((number, store) -> shown.put(number, store.connection));
    return shown;
  }

  /** The state of each key there is, as DescribeKey shows it. */
  public Map<Integer, String> keyStates() {
    Map<Integer, String> shown = new TreeMap<>();
    keys.forEach((number, key) -> shown.put(number, state(key)));
    return shown;
  }

  /** The key behind each alias. */
  public Map<String, Integer> aliases() {
    return new TreeMap<>(aliases);
  }

  private String createStore(int number, String name) {
    if (nameInUse(name, null)) {
      return isAsCreated(number, name) ? OK : "CustomKeyStoreNameInUseException";
    }
    String lineage = lineages.get(number);
    if (lineage == null) {
      return "CloudHsmClusterNotFoundException";
    }
    if (stores.keySet().stream().anyMatch(other -> lineage.equals(lineages.get(other)))) {
      return "CloudHsmClusterInUseException";
    }
    stores.put(number, new Store(name));
    return OK;
  }

  private boolean nameInUse(String name, @Nullable Store except) {
    return stores.values().stream().anyMatch(store -> store != except && store.name.equals(name));
  }

  /** The same request again, while the store is disconnected, is no error and no change. */
  private boolean isAsCreated(int number, String name) {
    Store store = stores.get(number);
    return store != null
        && store.name.equals(name)
        && store.connection.equals(DISCONNECTED)
        && store.passwordAsCreated;
  }

  private String begin(int number, String trigger) {
    Store store = stores.get(number);
    String before = store == null ? "" : store.connection;
    String outcome = move(number, trigger);
    if (store != null && !store.connection.equals(before)) {
      store.doneAt = now.plus(connectLatency);
      if (connectLatency.isZero()) {
        finish(number, store);
      }
    }
    return outcome;
  }

  private String changePassword(int number) {
    String outcome = move(number, "UpdateCustomKeyStore");
    Store store = stores.get(number);
    if (store != null && outcome.equals(OK)) {
      store.passwordAsCreated = false;
    }
    return outcome;
  }

  private String rename(int number, String name) {
    String outcome = move(number, "UpdateCustomKeyStore name only");
    Store store = stores.get(number);
    if (store == null || !outcome.equals(OK)) {
      return outcome;
    }
    if (nameInUse(name, store)) {
      return "CustomKeyStoreNameInUseException";
    }
    store.name = name;
    return OK;
  }

  private String deleteStore(int number) {
    String outcome = move(number, "DeleteCustomKeyStore");
    if (!outcome.equals(OK)) {
      return outcome;
    }
    if (keys.values().stream().anyMatch(key -> key.store == number)) {
      return "CustomKeyStoreHasCMKsException";
    }
    stores.remove(number);
    return OK;
  }

  /** What the table of connection states says of an operation. */
  private String move(int number, String trigger) {
    Store store = stores.get(number);
    if (store == null) {
      return "CustomKeyStoreNotFoundException";
    }
    String next = tables.next(trigger, store.connection);
    if (next.isEmpty()) {
      return tables.refusal(trigger);
    }
    store.connection = next;
    return OK;
  }

  private String createKey(int number, int store) {
    String outcome = move(store, "CreateKey");
    if (outcome.equals(OK)) {
      keys.put(number, new Key(store));
    }
    return outcome;
  }

  private String schedule(int number, Duration window) {
    String outcome = onKey(number, "ScheduleKeyDeletion", PENDING_DELETION);
    Key key = keys.get(number);
    if (key != null && outcome.equals(OK)) {
      key.deletedAt = now.plus(window);
    }
    return outcome;
  }

  /** What the table of key states says of an operation. */
  private String onKey(int number, String operation, @Nullable String becomes) {
    Key key = keys.get(number);
    if (key == null) {
      return "NotFoundException";
    }
    String outcome = tables.onKey(operation, state(key));
    if (becomes != null && outcome.equals(OK)) {
      key.lifecycle = becomes;
    }
    return outcome;
  }

  private String state(Key key) {
    if (key.lifecycle.equals(PENDING_DELETION)) {
      return PENDING_DELETION;
    }
    Store store = stores.get(key.store);
    return store != null && store.connection.equals(CONNECTED) ? key.lifecycle : UNAVAILABLE;
  }

  private String createAlias(String name, int target) {
    if (aliases.containsKey(name) && keys.containsKey(target)) {
      return "AlreadyExistsException"; // a missing target is told first
    }
    String outcome = onKey(target, "CreateAlias", null);
    if (outcome.equals(OK)) {
      aliases.put(name, target);
    }
    return outcome;
  }

  private String updateAlias(String name, int target) {
    if (!aliases.containsKey(name)) {
      return "NotFoundException";
    }
    String outcome = onKey(target, "UpdateAlias", null);
    if (outcome.equals(OK)) {
      aliases.put(name, target);
    }
    return outcome;
  }

  private String advance(Duration time) {
    now = now.plus(time);
    stores.forEach(this::finish);
    keys.values()
        .removeIf(
            key -> key.lifecycle.equals(PENDING_DELETION) && key.deletedAt.compareTo(now) <= 0);
    aliases.values().removeIf(target -> !keys.containsKey(target));
    return OK;
  }

  /** What comes of an attempt that is due; nothing if there is none. */
  private void finish(int number, Store store) {
    boolean connecting = store.connection.equals("CONNECTING");
    String news =
        !connecting
            ? "Attempt disconnected"
            : broken.contains(number) ? "Attempt failed" : "Attempt connected";
    String next = tables.next(news, store.connection);
    if (next.isEmpty() || store.doneAt.compareTo(now) > 0) {
      return;
    }
    store.connection = next;
    store.passwordAsCreated &= !next.equals(CONNECTED); // KMS has set a secret one
  }
}
