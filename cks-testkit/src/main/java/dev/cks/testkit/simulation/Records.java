package dev.cks.testkit.simulation;

import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataStore;
import dev.cks.tck.invariant.Invariants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A metadata store that shows what was committed last. For one thread. */
final class Records implements MetadataStore {
  private final Map<String, Stored> present = new HashMap<>();
  private final Map<String, CustomKeyStore> stores = new HashMap<>();
  private final Map<String, KmsKey> keys = new HashMap<>();

  CustomKeyStore store(String id) {
    return Objects.requireNonNull(stores.get(id), id);
  }

  /** Null if there never was one. */
  @Nullable KmsKey key(String id) {
    return keys.get(id);
  }

  CustomKeyStore storeOf(KmsKey key) {
    return store(((KeyHome.Custom) key.home()).store().value());
  }

  @Override
  public void load(Consumer<? super Stored> consumer) {
    List.copyOf(present.values()).forEach(consumer);
  }

  @Override
  public void commit(Changes changes) {
    changes.puts().forEach(put -> require(put.record().key(), put.replaces()));
    changes.removes().forEach(remove -> require(remove.key(), remove.replaces()));
    changes.removes().forEach(remove -> present.remove(remove.key()));
    for (Changes.Put put : changes.puts()) {
      MetadataRecord record = put.record();
      present.put(record.key(), new Stored(record, put.replaces() + 1));
      if (record instanceof MetadataRecord.OfStore kept) {
        keep(kept.store());
      } else if (record instanceof MetadataRecord.OfKey kept) {
        keys.put(kept.kmsKey().id().toString(), kept.kmsKey());
      }
    }
  }

  private void require(String key, long version) {
    Stored found = present.get(key);
    if ((found == null ? 0 : found.version()) != version) {
      throw new Conflict(key);
    }
  }

  private void keep(CustomKeyStore store) {
    CustomKeyStore before = stores.put(store.id().value(), store);
    if (before != null) {
      Invariants.attemptsNeverFall(List.of(before, store));
    }
  }

  @Override
  public void close() {}
}
