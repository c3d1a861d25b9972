package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.Alias;
import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.internal.IdTable;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataRecord;
import dev.cks.spi.MetadataRecord.OfAlias;
import dev.cks.spi.MetadataRecord.OfClaim;
import dev.cks.spi.MetadataRecord.OfGrant;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.MetadataStore;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is, in memory: all reads are answered here, and every change passes through
 * {@link #commit}. A change is: read, decide, commit, publish here. If another change was faster,
 * {@link #deciding} reads and decides again. No lock is held while an HSM is called.
 *
 * <p>Nobody can replace a version that is not published yet, so versions of one record are
 * published in their order, and nothing is published of a record after it was taken out.
 */
final class Catalog {
  private static final int MAX_TRIES = 100_000;
  private static final int SPINS = 100;

  /** An alias and the version it was committed as. */
  record AliasRow(Alias alias, long version) {}

  private static final class Keys extends IdTable<KeyId, KeyEntry> {
    @Override
    protected KeyId idOf(KeyEntry entry) {
      return entry.id();
    }

    @Override
    protected boolean is(KeyEntry entry, KeyId id) {
      return entry.is(id);
    }
  }

  private final MetadataStore metadata;
  private final StoreEntry standard = new StoreEntry(null, 1);
  private final Keys keys = new Keys();
  private final NavigableMap<KeyId, KeyEntry> sortedKeys = new ConcurrentSkipListMap<>();
  private final NavigableMap<KeyStoreId, StoreEntry> stores = new ConcurrentSkipListMap<>();
  private final NavigableMap<AliasName, AliasRow> aliases = new ConcurrentSkipListMap<>();
  private final Map<KeyId, Set<AliasName>> aliasesByKey = new ConcurrentHashMap<>();
  private final GrantIndex grants = new GrantIndex();
  private final Set<KeyId> deletedKeys = ConcurrentHashMap.newKeySet();

  Catalog(MetadataStore metadata) {
    this.metadata = metadata;
    load();
  }

  private void load() {
    Map<KeyId, MetadataStore.Stored> waiting = new ConcurrentHashMap<>();
    metadata.load(
        stored -> {
          if (stored.record() instanceof OfKey key) {
            waiting.put(key.kmsKey().id(), stored); // its store may come later
          } else {
            publish(stored.record(), stored.version());
          }
        });
    waiting.values().forEach(stored -> publish(stored.record(), stored.version()));
  }

  /** Runs a read-decide-commit step until no other change interferes. */
  @SuppressWarnings("ThreadPriorityCheck") // only to let the faster one publish
  <R> R deciding(Supplier<R> step) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      try {
        return step.get();
      } catch (MetadataStore.Conflict lostRace) {
        if (tries < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield(); // who was faster has committed, but may wait for a processor to publish
        }
      }
    }
    throw new KmsException(KmsErrorCode.KMS_INTERNAL, "The metadata store keeps refusing a change");
  }

  /**
   * Commits all changes or none, then shows them to every reader: keys last, so that whoever sees a
   * key's new version sees what was put together with it, and deletes all of it.
   */
  void commit(Changes changes) {
    metadata.commit(changes);
    publish(changes, false);
    publish(changes, true);
  }

  private void publish(Changes changes, boolean keysOnly) {
    for (Changes.Put put : changes.puts()) {
      if (put.record() instanceof OfKey == keysOnly) {
        publish(put.record(), put.replaces() + 1);
      }
    }
  }

  private void publish(MetadataRecord record, long version) {
    if (record instanceof OfStore put) {
      publishStore(put.store(), version);
    } else if (record instanceof OfKey put) {
      publishKey(put.kmsKey(), version);
    } else if (record instanceof OfAlias put) {
      publishAlias(put.alias(), version);
    } else if (record instanceof OfGrant put) {
      grants.add(put.grant(), version);
    } else if (record instanceof OfClaim claim && claim.kind() == OfClaim.Kind.DELETED_KEY) {
      KeyId.parse(claim.name()).ifPresent(deletedKeys::add);
    }
  }

  private void publishStore(CustomKeyStore store, long version) {
    stores
        .computeIfAbsent(store.id(), id -> new StoreEntry(store, version))
        .publish(store, version);
  }

  private void publishKey(KmsKey key, long version) {
    KeyEntry.Row row = new KeyEntry.Row(key, version);
    KeyEntry known = keys.get(key.id());
    if (known != null) {
      known.publish(row);
    } else {
      KeyEntry entry = new KeyEntry(homeOf(key), row);
      keys.put(entry);
      sortedKeys.put(key.id(), entry);
    }
  }

  private StoreEntry homeOf(KmsKey key) {
    if (key.home() instanceof KeyHome.Custom custom) {
      StoreEntry store = stores.get(custom.store());
      if (store == null) {
        throw new IllegalStateException("key without its key store: " + key.id());
      }
      return store;
    }
    return standard;
  }

  private void publishAlias(Alias alias, long version) {
    aliases.compute(
        alias.name(),
        (name, known) -> {
          if (known != null && known.version() >= version) {
            return known;
          }
          if (known != null) {
            aliasesOf(known.alias().target()).remove(name);
          }
          aliasesByKey
              .computeIfAbsent(alias.target(), id -> new ConcurrentSkipListSet<>())
              .add(name);
          return new AliasRow(alias, version);
        });
  }

  /** Takes a key out, after the commit that removed it, its aliases and its grants. */
  void forgetKey(KeyId id) {
    deletedKeys.add(id);
    keys.remove(id);
    sortedKeys.remove(id);
    for (AliasName name : aliasesOf(id)) {
      aliases.remove(name);
    }
    aliasesByKey.remove(id);
    grants.forgetKey(id);
  }

  /** Takes an alias out, after the commit that removed it. */
  void forgetAlias(Alias alias) {
    aliases.remove(alias.name());
    aliasesOf(alias.target()).remove(alias.name());
  }

  /** Takes a key store out, after the commit that removed it. */
  void forgetStore(KeyStoreId id) {
    stores.remove(id);
  }

  StoreEntry standard() {
    return standard;
  }

  @Nullable KeyEntry key(KeyId id) {
    return keys.get(id);
  }

  boolean wasDeleted(KeyId id) {
    return deletedKeys.contains(id);
  }

  NavigableMap<KeyId, KeyEntry> keys() {
    return sortedKeys;
  }

  long keyCount() {
    return keys.size();
  }

  NavigableMap<KeyStoreId, StoreEntry> stores() {
    return stores;
  }

  @Nullable AliasRow alias(AliasName name) {
    return aliases.get(name);
  }

  NavigableMap<AliasName, AliasRow> aliases() {
    return aliases;
  }

  /** Every grant; whoever removes one commits first and then tells the index. */
  GrantIndex grants() {
    return grants;
  }

  /** The aliases of a key, sorted; a live view. */
  Set<AliasName> aliasesOf(KeyId id) {
    return Optional.ofNullable(aliasesByKey.get(id)).orElseGet(ConcurrentSkipListSet::new);
  }

  /** The key store with this id. */
  StoreEntry store(String id) {
    return Optional.ofNullable(stores.get(new KeyStoreId(id))).orElseThrow(Catalog::noSuchStore);
  }

  /**
   * The record of a key store that a change will be based on. Who has looked a store up may come
   * after its deletion, and would try to replace a record that is not there for ever.
   */
  StoreEntry.Row present(StoreEntry entry) {
    StoreEntry.Row row = entry.row();
    if (!stores.containsKey(row.custom().id())) {
      throw noSuchStore();
    }
    return row;
  }

  static KmsException noSuchStore() {
    return new KmsException(
        KmsErrorCode.CUSTOM_KEY_STORE_NOT_FOUND,
        "The custom key store does not exist in this account and Region.");
  }
}
