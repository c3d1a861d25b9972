package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.RandomSource;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CreateKey: material first, then the record. What is interrupted in between leaves material under
 * the ARN of a key that never was, which its label tells.
 */
final class KeyCreation {
  private final Catalog catalog;
  private final ServicePorts ports;

  KeyCreation(Catalog catalog, ServicePorts ports) {
    this.catalog = catalog;
    this.ports = ports;
  }

  KeyEntry create(KeyRequests.Create request, Instant now) {
    KeyRules.check(request);
    Map<String, String> tags = KeyRules.tagsOfNewKey(request.tags(), ports.quotas());
    String policy = request.policy();
    if (policy != null) {
      KeyPolicy.check(policy, ports.quotas());
    }
    requireQuota();
    StoreEntry store = homeFor(request);
    Draft draft = new Draft(Uuids.nextKeyId(ports.random()), newBackingKeyId());
    String arn = ports.scope().arnPrefix() + "key/" + draft.id();
    HsmSession session = KeyMaterial.session(store);
    Material material = generate(session, draft.backing(), arn);
    KmsKey key =
        new KmsKey(
            draft.id(),
            arn,
            home(store),
            draft.backing(),
            material.reference(),
            KeyLifecycle.ENABLED,
            0,
            request.description() == null ? "" : request.description(),
            now,
            null,
            policy,
            tags);
    return insert(key, store, session, material.key());
  }

  private record Draft(KeyId id, BackingKeyId backing) {}

  private void requireQuota() {
    long limit = ports.quotas().keys();
    long usage = catalog.keyCount();
    if (usage >= limit) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED,
          "Key quota for this account in this region is "
              + limit
              + " but the current usage is "
              + usage
              + ".");
    }
  }

  private StoreEntry homeFor(KeyRequests.Create request) {
    String storeId = request.customKeyStoreId();
    if (storeId == null) {
      return standardHome();
    }
    StoreEntry entry = catalog.store(storeId);
    CustomKeyStore store = entry.row().custom();
    Admission.admit(Trigger.CREATE_KEY, store.connection());
    // a cluster that was deleted has no active HSM: CreateKey has no other error for it
    Clusters.requireTwoZones(
        ports
            .clusters()
            .find(store.clusterId())
            .map(HsmCluster::facts)
            .orElseThrow(HsmFailureMap::tooFewHsms));
    return entry;
  }

  private StoreEntry standardHome() {
    if (ports.standardKeys() == null) {
      throw new KmsException(
          KmsErrorCode.UNSUPPORTED_OPERATION,
          "This instance of cks makes keys in custom key stores only: give CustomKeyStoreId and the"
              + " origin AWS_CLOUDHSM, or configure standardKeys.");
    }
    return catalog.standard();
  }

  private static KeyHome home(StoreEntry store) {
    CustomKeyStore custom = store.row().store();
    return custom == null ? KeyHome.STANDARD : new KeyHome.Custom(custom.id());
  }

  private BackingKeyId newBackingKeyId() {
    byte[] bytes = new byte[BackingKeyId.LENGTH];
    ports.random().fill(RandomSource.Stream.IDS, bytes);
    return BackingKeyId.of(bytes);
  }

  /** A new key in the cluster, and what its people call it. */
  private record Material(HsmKey key, String reference) {}

  private static Material generate(HsmSession session, BackingKeyId id, String arn) {
    HsmKey generated = null;
    try {
      generated = session.generateAes256(id, arn);
      return new Material(generated, generated.facts().reference());
    } catch (HsmException failure) {
      // a disconnect can come between the two calls
      if (generated != null || failure.reason().mayHaveHappened()) {
        undo(session, id);
      }
      throw HsmFailureMap.whenCreating(failure);
    }
  }

  private KeyEntry insert(KmsKey key, StoreEntry store, HsmSession session, HsmKey material) {
    try {
      catalog.deciding(() -> insert(key, store));
    } catch (KmsException refused) {
      undo(session, key.backingKeyId());
      throw refused;
    }
    KeyEntry entry = catalog.key(key.id());
    if (entry == null) {
      throw new IllegalStateException("a committed key is not in the catalog: " + key.id());
    }
    entry.remember(session, material);
    return entry;
  }

  private KmsKey insert(KmsKey key, StoreEntry store) {
    StoreEntry.Row row = store.row();
    Changes.Builder changes = Changes.builder();
    @Nullable CustomKeyStore custom = row.store();
    if (custom != null) {
      if (!catalog.stores().containsKey(custom.id())) {
        throw Catalog.noSuchStore();
      }
      // with the store's record, so that it cannot be deleted meanwhile
      changes.put(new OfStore(custom.withKeys(custom.keys() + 1)), row.version());
    }
    catalog.commit(changes.insert(new OfKey(key)).build());
    return key;
  }

  private static void undo(HsmSession session, BackingKeyId id) {
    try {
      session.destroy(id);
    } catch (HsmException left) {
      // best effort: what stays behind is named by its label
    }
  }
}
