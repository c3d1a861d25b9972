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
import dev.cks.spi.MetadataRecord.OfGrant;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a deletion window ends (spec C.4): the metadata goes first, then the material,
 * best effort and once; what became of it is in the {@code DeleteKey} event.
 */
final class Deletions {
  private static final Logger LOG = LoggerFactory.getLogger(Deletions.class);

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
    CustomKeyStore store = entry.store().row().store();
    recordDeleteKey(entry.key(), store, destroyMaterial(entry));
  }

  private boolean removeMetadata(KeyEntry entry, Instant due) {
    KeyEntry.Row row = entry.row();
    KmsKey key = row.key();
    if (!due.equals(key.deletionDate()) || isGone(entry)) {
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
    catalog
        .grants()
        .ofKey(key.id())
        .values()
        .forEach(grant -> changes.remove(new OfGrant(grant.grant()).key(), grant.version()));
    StoreEntry.Row home = entry.store().row();
    CustomKeyStore store = home.store();
    if (store != null) {
      changes.put(new OfStore(store.withKeys(store.keys() - 1)), home.version());
    }
    catalog.commit(changes.build());
    return true;
  }

  private boolean isGone(KeyEntry entry) {
    return catalog.key(entry.key().id()) != entry;
  }

  /** Once, on each HSM that can be reached; true if that was all of them. */
  private static boolean destroyMaterial(KeyEntry entry) {
    KmsKey key = entry.key();
    boolean done = false;
    try {
      List<HsmSession.Outcome> outcomes = entry.store().session().destroy(key.backingKeyId());
      // no outcome at all: no HSM was there to destroy anything
      done = !outcomes.isEmpty() && outcomes.stream().allMatch(HsmSession.Outcome::done);
    } catch (HsmException orphaned) {
      LOG.debug("the material of {} was not destroyed: {}", key.arn(), orphaned.reason());
    } catch (RuntimeException bug) {
      LOG.error("the material of {} was not destroyed for a reason that is a bug", key.arn(), bug);
    }
    return done;
  }

  private void recordDeleteKey(KmsKey key, @Nullable CustomKeyStore store, boolean destroyed) {
    Call call = auditor.quietCall().concerningKey(key.arn()).changedKey(key.arn());
    if (store != null) {
      AuditShapes.addBackingKeys(call, key, store);
      call.adding("backingKeysDeletionStatus", AuditShapes.deletionStatus(key, destroyed));
    }
    auditor.recordServiceEvent("DeleteKey", call);
  }
}
