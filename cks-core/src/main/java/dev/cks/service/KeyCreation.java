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
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord.OfKey;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.RandomSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CreateKey: material first, then the record. What is interrupted in between is undone; where that
 * fails too, it leaves material whose label is the ARN of a key that never was.
 */
final class KeyCreation {
  private static final Logger LOG = LoggerFactory.getLogger(KeyCreation.class);

  private final Catalog catalog;
  private final ServicePorts ports;

  /** Held from the count of the keys to the commit of one more, so that no two take the last. */
  private final Object lastOne = new Object();

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
    Home home = homeFor(request);
    KeyId id = Uuids.nextKeyId(ports.random());
    Draft draft = new Draft(id, newBackingKeyId(), ports.scope().arnPrefix() + "key/" + id, home);
    Material material = generate(draft);
    return insert(key(request, draft, material.reference(), policy, tags, now), draft, material);
  }

  /** Where a key is to live, as it was when that was admitted. */
  private record Home(StoreEntry store, StoreEntry.Row admitted) {
    KeyHome home() {
      return store.home();
    }
  }

  /** A key that has its names but no material yet. */
  private record Draft(KeyId id, BackingKeyId backing, String arn, Home home) {}

  private static KmsKey key(
      KeyRequests.Create request,
      Draft draft,
      String reference,
      @Nullable String policy,
      Map<String, String> tags,
      Instant now) {
    return new KmsKey(
        draft.id(),
        draft.arn(),
        draft.home().home(),
        draft.backing(),
        reference,
        KeyLifecycle.ENABLED,
        0,
        request.description() == null ? "" : request.description(),
        now,
        null,
        policy,
        tags);
  }

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

  private Home homeFor(KeyRequests.Create request) {
    String storeId = request.customKeyStoreId();
    if (storeId == null) {
      return standardHome();
    }
    StoreEntry entry = catalog.store(storeId);
    StoreEntry.Row row = entry.row();
    Admission.admit(Trigger.CREATE_KEY, row.connection());
    // a cluster that was deleted has no active HSM: CreateKey has no other error for it
    ClusterFacts cluster =
        ports
            .clusters()
            .find(row.custom().clusterId())
            .map(HsmCluster::facts)
            .orElseThrow(HsmFailureMap::tooFewHsms);
    Clusters.requireNetwork(cluster);
    Clusters.requireTwoZones(cluster);
    return new Home(entry, row);
  }

  private Home standardHome() {
    if (ports.standardKeys() == null) {
      throw new KmsException(
          KmsErrorCode.UNSUPPORTED_OPERATION,
          "This instance of cks makes keys in custom key stores only: give CustomKeyStoreId and the"
              + " origin AWS_CLOUDHSM, or configure standardKeys.");
    }
    return new Home(catalog.standard(), catalog.standard().row());
  }

  private BackingKeyId newBackingKeyId() {
    byte[] bytes = new byte[BackingKeyId.LENGTH];
    ports.random().fill(RandomSource.Stream.IDS, bytes);
    return BackingKeyId.of(bytes);
  }

  /** A new key in the cluster, what its people call it, and the login that knows it. */
  private record Material(HsmKey key, String reference, StoreEntry.Live login) {}

  private static Material generate(Draft draft) {
    Home home = draft.home();
    StoreEntry.Live login = null;
    boolean mayExist = false;
    try {
      login = home.store().login();
      HsmKey generated = login.session().generateAes256(draft.backing(), draft.arn());
      mayExist = true; // a disconnect can come before its reference is read
      return new Material(generated, generated.reference(), login);
    } catch (HsmException failure) {
      if (login != null && (mayExist || failure.reason().mayHaveHappened())) {
        undo(login.session(), draft);
      }
      throw home.store().hasLeft(home.admitted())
          ? HsmFailureMap.disconnectedMeanwhile()
          : HsmFailureMap.whenCreating(failure);
    }
  }

  private KeyEntry insert(KmsKey key, Draft draft, Material material) {
    try {
      catalog.deciding(() -> insert(key, draft.home()));
    } catch (KmsException refused) {
      undo(material.login().session(), draft);
      throw refused;
    } catch (RuntimeException unknown) {
      // the metadata store may have kept the record: destroying its material would be worse
      LOG.error("it is not known whether {} exists: the metadata store failed", key.arn(), unknown);
      throw new KmsException(
          KmsErrorCode.KMS_INTERNAL, "The request failed for an internal reason.", unknown);
    }
    KeyEntry entry = catalog.key(key.id());
    if (entry == null) {
      throw new IllegalStateException("a committed key is not in the catalog: " + key.id());
    }
    entry.remember(material.login(), material.key());
    return entry;
  }

  private KmsKey insert(KmsKey key, Home home) {
    Changes.Builder changes = Changes.builder();
    if (home.admitted().store() != null) {
      // with the store's record, so that it cannot be deleted meanwhile
      StoreEntry.Row row = catalog.present(home.store());
      requireSameCluster(row.custom(), home.admitted().custom());
      changes.put(new OfStore(row.custom().withKeys(row.custom().keys() + 1)), row.version());
    }
    changes.insert(new OfKey(key));
    synchronized (lastOne) {
      requireQuota();
      catalog.commit(changes.build());
    }
    return key;
  }

  /** A store that was disconnected meanwhile may have moved away from where the material is. */
  private static void requireSameCluster(CustomKeyStore now, CustomKeyStore admitted) {
    if (!now.clusterId().equals(admitted.clusterId())) {
      throw HsmFailureMap.disconnectedMeanwhile();
    }
  }

  /** Best effort: what stays behind is named by its label. */
  private static void undo(HsmSession session, Draft draft) {
    try {
      List<HsmSession.Outcome> outcomes = session.destroy(draft.backing());
      if (outcomes.isEmpty() || !outcomes.stream().allMatch(HsmSession.Outcome::done)) {
        LOG.warn("key material labelled {} may be left on some HSMs", draft.arn());
      }
    } catch (HsmException left) {
      LOG.warn("key material labelled {} may be left: {}", draft.arn(), left.reason());
    }
  }
}
