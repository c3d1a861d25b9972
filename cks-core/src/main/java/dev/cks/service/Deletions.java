package dev.cks.service;

import dev.cks.domain.key.AliasName;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.service.Auditor.Call;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord.OfAlias;
import dev.cks.spi.MetadataRecord.OfClaim;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when a deletion window ends (spec C.4): the metadata goes first, then the material,
 * best effort and once; what became of it is in the {@code DeleteKey} event.
 */
final class Deletions {
  private final Catalog catalog;
  private final ServicePorts ports;
  private final Auditor auditor;

  Deletions(Catalog catalog, ServicePorts ports, Auditor auditor) {
    this.catalog = catalog;
    this.ports = ports;
    this.auditor = auditor;
  }

  /** Sees to it that the key is deleted then, unless the deletion is cancelled before. */
  void scheduled(KmsKey key) {
    Instant due = key.deletionDate();
    if (due != null) {
      KeyId id = key.id();
      ports.timeline().at(due, "delete key " + id, () -> windowEnds(id, due));
    }
  }

  /** A window that was cancelled, or replaced by a later one, ends without effect. */
  private void windowEnds(KeyId id, Instant due) {
    KeyEntry entry = catalog.key(id);
    if (entry == null || !catalog.deciding(() -> removeMetadata(entry, due))) {
      return;
    }
    catalog.forgetKey(id);
    KmsKey key = entry.key();
    boolean destroyed = destroyMaterial(key, entry.store().live());
    recordDeleteKey(key, entry.store().row().store(), destroyed);
  }

  private boolean removeMetadata(KeyEntry entry, Instant due) {
    KeyEntry.Row row = entry.row();
    KmsKey key = row.key();
    if (!due.equals(key.deletionDate())) {
      return false; // a key has a deletion date only while it is pending deletion
    }
    Changes.Builder changes = Changes.builder().remove(new OfKey(key).key(), row.version());
    changes.insert(new OfClaim(OfClaim.Kind.DELETED_KEY, key.id().toString(), key.arn()));
    for (AliasName name : catalog.aliasesOf(key.id())) {
      Catalog.AliasRow alias = catalog.alias(name);
      if (alias != null) {
        changes.remove(new OfAlias(alias.alias()).key(), alias.version());
      }
    }
    StoreEntry.Row home = entry.store().row();
    CustomKeyStore store = home.store();
    if (store != null) {
      changes.put(new OfStore(store.withKeys(store.keys() - 1)), home.version());
    }
    catalog.commit(changes.build());
    return true;
  }

  private static boolean destroyMaterial(KmsKey key, StoreEntry.@Nullable Live live) {
    if (live == null) {
      return false;
    }
    try {
      List<HsmSession.Outcome> outcomes = live.session().destroy(key.backingKeyId());
      // no outcome at all: no HSM was there to destroy anything
      return !outcomes.isEmpty() && outcomes.stream().allMatch(HsmSession.Outcome::done);
    } catch (HsmException orphaned) {
      return false;
    }
  }

  private void recordDeleteKey(KmsKey key, @Nullable CustomKeyStore store, boolean destroyed) {
    Call call = auditor.quietCall().concerning(key.arn());
    if (store != null) {
      String backingKey =
          "\"keyHandle\":\""
              + key.reference()
              + "\",\"backingKeyId\":\""
              + key.backingKeyId()
              + '"';
      call.adding("customKeyStoreId", store.id().value())
          .adding("clusterId", store.clusterId())
          .adding("backingKeys", "[{" + backingKey + "}]")
          .adding(
              "backingKeysDeletionStatus",
              "[{"
                  + backingKey
                  + ",\"deletionStatus\":\""
                  + (destroyed ? "SUCCESS" : "FAILURE")
                  + "\"}]");
    }
    auditor.recordServiceEvent("DeleteKey", call);
  }
}
