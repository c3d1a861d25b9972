package dev.cks.testkit;

import dev.cks.KmsConfig;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.MetadataStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory whose changes are told as the states that followed. It listens where everything
 * passes, so it also hears what happens between two calls, and asks nothing. Thread-safe.
 */
final class RecordedStates implements MetadataStore {
  /** More keys than these that change together are counted, not named. */
  private static final int NAMED_KEYS = 5;

  private final MetadataStore records = KmsConfig.inMemoryStore();
  private final Consumer<String> told;
  private final Map<String, CustomKeyStore> stores = new LinkedHashMap<>();
  private final Map<String, KmsKey> keys = new LinkedHashMap<>();
  private final Map<String, KeyState> shown = new HashMap<>();
  private final List<CustomKeyStore> committed = new ArrayList<>();
  private final List<String> deletedKeys = new ArrayList<>();

  /**
   * Without records.
   *
   * @param told is told each state that followed
   */
  RecordedStates(Consumer<String> told) {
    this.told = told;
  }

  /** Every version of every key store, in the order in which they were committed. */
  synchronized List<CustomKeyStore> committedStores() {
    return List.copyOf(committed);
  }

  /** The ARNs of the keys that are deleted for good. */
  synchronized List<String> deletedKeys() {
    return List.copyOf(deletedKeys);
  }

  /** The keys there are, the oldest first. */
  synchronized List<KmsKey> keys() {
    return List.copyOf(keys.values());
  }

  /** The key store that a key is in; null for standard keys. */
  synchronized @Nullable CustomKeyStore storeOf(KmsKey key) {
    return key.home() instanceof KeyHome.Custom home
        ? stores.get("store:" + home.store().value())
        : null;
  }

  /** Connection state of a key store and why, as {@link StorePlan} prints it; empty for none. */
  synchronized String connectionOf(String storeId) {
    CustomKeyStore store = stores.get("store:" + storeId);
    return store == null ? "" : connection(store);
  }

  @Override
  public void load(Consumer<? super Stored> consumer) {
    records.load(consumer);
  }

  @Override
  public synchronized void commit(Changes changes) {
    records.commit(changes);
    changes.removes().forEach(remove -> removed(remove.key()));
    for (Changes.Put put : changes.puts()) {
      if (put.record() instanceof OfStore of) {
        became(of.key(), of.store());
      }
    }
    for (Changes.Put put : changes.puts()) {
      if (put.record() instanceof OfKey of) {
        keys.put(of.key(), of.kmsKey());
        tellChanged(List.of(of.kmsKey()));
      }
    }
  }

  @Override
  public void close() {
    records.close();
  }

  private void removed(String record) {
    KmsKey key = keys.remove(record);
    if (key != null) {
      shown.remove(record);
      deletedKeys.add(key.arn());
      told.accept("key " + key.id() + " is deleted");
    }
    CustomKeyStore store = stores.remove(record);
    if (store != null) {
      told.accept("key store " + store.id() + " is deleted");
    }
  }

  private void became(String record, CustomKeyStore store) {
    CustomKeyStore before = stores.put(record, store);
    committed.add(store);
    if (before == null || !connection(before).equals(connection(store))) {
      told.accept("key store " + store.id() + " is " + connection(store));
      tellChanged(keys.values().stream().filter(key -> store.equals(storeOf(key))).toList());
    }
  }

  private static String connection(CustomKeyStore store) {
    ConnectionErrorCode code = store.connectionErrorCode();
    return store.connection() + (code == null ? "" : " (" + code + ")");
  }

  private void tellChanged(List<KmsKey> concerned) {
    List<String> lines = new ArrayList<>();
    for (KmsKey key : concerned) {
      KeyState state = stateOf(key);
      if (shown.put(new OfKey(key).key(), state) != state) {
        lines.add("key " + key.id() + " is " + state.wireName());
      }
    }
    lines.stream().limit(NAMED_KEYS).forEach(told);
    if (lines.size() > NAMED_KEYS) {
      told.accept("and " + (lines.size() - NAMED_KEYS) + " more keys of it changed as well");
    }
  }

  /** What DescribeKey shows; a standard key shows what it stores. */
  private KeyState stateOf(KmsKey key) {
    CustomKeyStore store = storeOf(key);
    return store == null
        ? KeyState.valueOf(key.lifecycle().name())
        : key.state(store.connection(), store.attempt());
  }
}
