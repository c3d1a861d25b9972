package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Auditor.Call;
import dev.cks.spi.Changes;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.MetadataRecord.OfClaim;
import dev.cks.spi.MetadataRecord.OfStore;
import dev.cks.spi.RandomSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The six key store operations (spec D.2 to D.7). Thread-safe. Every method throws {@link
 * KmsException} with the error AWS documents, and changes nothing then.
 */
public final class KeyStoreService {
  private static final Pager PAGES = new Pager("DescribeCustomKeyStores", 100, 1000);
  private static final long FIRST = 1;

  private final Catalog catalog;
  private final ServicePorts ports;
  private final Auditor auditor;
  private final Connector connector;
  private final Clusters clusters;

  KeyStoreService(Catalog catalog, ServicePorts ports, Auditor auditor, Connector connector) {
    this.catalog = catalog;
    this.ports = ports;
    this.auditor = auditor;
    this.connector = connector;
    this.clusters = new Clusters(ports.clusters());
  }

  /**
   * CreateCustomKeyStore: a disconnected key store on an active cluster. The same call again, while
   * the store is disconnected, answers the same id.
   *
   * @return the id of the key store
   */
  public String create(KeyStoreRequests.Create request, Caller caller) {
    return auditor.perform(
        "CreateCustomKeyStore",
        caller,
        call -> {
          call.requested("customKeyStoreName", request.name())
              .requested("clusterId", request.clusterId());
          KeyStoreId id = catalog.deciding(() -> create(NewStore.of(request), call.now()));
          call.answered("customKeyStoreId", id.value());
          return id.value();
        });
  }

  /** Whether there is such a key store, for fronts that count requests; nothing is recorded. */
  public boolean has(String keyStoreId) {
    return catalog.stores().containsKey(new KeyStoreId(keyStoreId));
  }

  /** The parameters of a new key store on CloudHSM, all of them given. */
  private record NewStore(String name, String clusterId, String trustAnchor, SecretBytes password) {

    static NewStore of(KeyStoreRequests.Create request) {
      if ("EXTERNAL_KEY_STORE".equals(request.type())) {
        throw new KmsException(
            KmsErrorCode.UNSUPPORTED_OPERATION,
            "External key stores (EXTERNAL_KEY_STORE) are not supported by cks yet; create an"
                + " AWS_CLOUDHSM key store.");
      }
      return new NewStore(
          request.name(),
          given(request.clusterId(), "CloudHsmClusterId"),
          given(request.trustAnchor(), "TrustAnchorCertificate"),
          given(request.password(), "KeyStorePassword"));
    }

    private static <T> T given(@Nullable T value, String parameter) {
      if (value == null) {
        throw new KmsException(
            KmsErrorCode.VALIDATION,
            parameter + " is required when CustomKeyStoreType is AWS_CLOUDHSM.");
      }
      return value;
    }

    boolean isSameAs(CustomKeyStore store) {
      return store.name().equals(name)
          && store.clusterId().equals(clusterId)
          && sameText(store.trustAnchor(), trustAnchor)
          && store.password().equals(password);
    }
  }

  private KeyStoreId create(NewStore wanted, Instant now) {
    // one look for all decisions: a namesake that comes between two of them would seem a stranger
    List<CustomKeyStore> stores = customStores();
    Optional<CustomKeyStore> namesake =
        stores.stream().filter(store -> store.name().equals(wanted.name())).findFirst();
    if (namesake.isEmpty() && stores.size() >= ports.quotas().keyStores()) {
      throw new KmsException(
          KmsErrorCode.LIMIT_EXCEEDED,
          "The quota of "
              + ports.quotas().keyStores()
              + " custom key stores in this account and Region is reached.");
    }
    if (namesake.isPresent()) {
      return idempotent(wanted, namesake.get());
    }
    ClusterFacts cluster = clusters.existing(wanted.clusterId());
    requireFree(cluster, stores);
    Clusters.requireUsable(cluster);
    Clusters.requireTwoZones(cluster);
    if (!sameText(cluster.trustAnchor(), wanted.trustAnchor())) {
      throw new KmsException(
          KmsErrorCode.INCORRECT_TRUST_ANCHOR,
          "The trust anchor certificate is not the one of the specified CloudHSM cluster.");
    }
    return insert(wanted, cluster.lineage(), now);
  }

  private static KeyStoreId idempotent(NewStore wanted, CustomKeyStore namesake) {
    // only a disconnected store may be updated, and only a disconnected one is "created" again
    if (Admission.permits(Trigger.UPDATE, namesake.connection()) && wanted.isSameAs(namesake)) {
      return namesake.id();
    }
    throw nameInUse(wanted.name());
  }

  private static void requireFree(ClusterFacts cluster, List<CustomKeyStore> stores) {
    if (stores.stream().anyMatch(store -> store.lineage().equals(cluster.lineage()))) {
      throw new KmsException(
          KmsErrorCode.CLOUD_HSM_CLUSTER_IN_USE,
          "The CloudHSM cluster, or one that shares its backup history, is already associated with"
              + " a custom key store.");
    }
  }

  private KeyStoreId insert(NewStore wanted, String lineage, Instant now) {
    byte[] random = new byte[9];
    ports.random().fill(RandomSource.Stream.IDS, random);
    KeyStoreId id = KeyStoreId.ofRandom(random);
    CustomKeyStore store =
        new CustomKeyStore(
            id,
            wanted.name(),
            wanted.clusterId(),
            lineage,
            wanted.trustAnchor(),
            now,
            ConnectionState.DISCONNECTED,
            0,
            null,
            wanted.password().copy(),
            null,
            0);
    catalog.commit(
        Changes.builder()
            .insert(new OfStore(store))
            .insert(nameClaim(store))
            .insert(familyClaim(store))
            .build());
    return id;
  }

  private static OfClaim nameClaim(CustomKeyStore store) {
    return new OfClaim(OfClaim.Kind.STORE_NAME, store.name(), store.id().value());
  }

  private static OfClaim familyClaim(CustomKeyStore store) {
    return new OfClaim(OfClaim.Kind.CLUSTER_FAMILY, store.lineage(), store.id().value());
  }

  /**
   * ConnectCustomKeyStore: returns at once; {@link #describe} tells the outcome. Without effect
   * while connected or connecting. Configuration mistakes that are easily seen are answered here
   * and leave the store disconnected; the rest end in {@code FAILED} with a code.
   */
  public void connect(String storeId, Caller caller) {
    auditor.change(
        "ConnectCustomKeyStore",
        caller,
        call -> connector.connect(named(storeId, call), call.now()));
  }

  /** DisconnectCustomKeyStore: its keys are unusable from now on. */
  public void disconnect(String storeId, Caller caller) {
    auditor.change(
        "DisconnectCustomKeyStore",
        caller,
        call -> connector.disconnect(named(storeId, call), call.now()));
  }

  private StoreEntry named(String storeId, Call call) {
    call.requested("customKeyStoreId", storeId);
    StoreEntry entry = catalog.store(storeId);
    adding(call, entry.row().custom());
    return entry;
  }

  private static void adding(Call call, CustomKeyStore store) {
    call.adding("customKeyStoreName", store.name()).adding("clusterId", store.clusterId());
  }

  /** UpdateCustomKeyStore: all of it or nothing. */
  public void update(KeyStoreRequests.Update request, Caller caller) {
    auditor.change(
        "UpdateCustomKeyStore",
        caller,
        call -> {
          call.requested("customKeyStoreId", request.storeId())
              .requested("newCustomKeyStoreName", request.newName())
              .requested("clusterId", request.clusterId());
          StoreEntry entry = named(request.storeId(), call);
          adding(call, catalog.deciding(() -> update(request, entry)));
        });
  }

  private CustomKeyStore update(KeyStoreRequests.Update request, StoreEntry entry) {
    StoreEntry.Row row = catalog.present(entry);
    CustomKeyStore store = row.custom();
    boolean nothingElse = request.password() == null && request.clusterId() == null;
    if (nothingElse && request.newName() == null) {
      return store;
    }
    Admission.admit(nothingElse ? Trigger.RENAME : Trigger.UPDATE, store.connection());
    CustomKeyStore changed = store;
    Changes.Builder changes = Changes.builder();
    if (request.newName() != null && !request.newName().equals(store.name())) {
      changed = rename(changed, request.newName(), changes);
    }
    if (request.clusterId() != null) {
      changed = moveTo(changed, request.clusterId());
    }
    if (request.password() != null) {
      // the operator's word counts: a candidate of ours that some HSM took is not tried again
      changed = changed.withPasswords(request.password().copy(), null);
    }
    catalog.commit(changes.put(new OfStore(changed), row.version()).build());
    return changed;
  }

  private CustomKeyStore rename(CustomKeyStore store, String newName, Changes.Builder changes) {
    if (storeNamed(newName).isPresent()) {
      throw nameInUse(newName);
    }
    CustomKeyStore renamed = store.withName(newName);
    changes.remove(nameClaim(store).key(), FIRST).insert(nameClaim(renamed));
    return renamed;
  }

  private CustomKeyStore moveTo(CustomKeyStore store, String clusterId) {
    ClusterFacts cluster = clusters.existing(clusterId);
    if (!cluster.lineage().equals(store.lineage())) {
      throw new KmsException(
          KmsErrorCode.CLOUD_HSM_CLUSTER_NOT_RELATED,
          "The specified CloudHSM cluster does not share a backup history with the cluster that is"
              + " associated with the custom key store.");
    }
    Clusters.requireUsable(cluster);
    Clusters.requireTwoZones(cluster);
    return store.withCluster(clusterId);
  }

  /** DeleteCustomKeyStore: of a disconnected store without keys. The cluster is left as it is. */
  public void delete(String storeId, Caller caller) {
    auditor.change(
        "DeleteCustomKeyStore",
        caller,
        call -> {
          StoreEntry entry = named(storeId, call);
          CustomKeyStore gone = catalog.deciding(() -> delete(entry));
          catalog.forgetStore(gone.id());
        });
  }

  private CustomKeyStore delete(StoreEntry entry) {
    StoreEntry.Row row = catalog.present(entry);
    CustomKeyStore store = row.custom();
    Admission.admit(Trigger.DELETE, store.connection());
    if (store.keys() > 0) {
      throw new KmsException(
          KmsErrorCode.CUSTOM_KEY_STORE_HAS_CMKS,
          "The custom key store contains KMS keys, and cannot be deleted before they are.");
    }
    catalog.commit(
        Changes.builder()
            .remove(new OfStore(store).key(), row.version())
            .remove(nameClaim(store).key(), FIRST)
            .remove(familyClaim(store).key(), FIRST)
            .build());
    return store;
  }

  /** DescribeCustomKeyStores: one by id or name, or all of them in pages. */
  public Page<KeyStoreRequests.Description> describe(
      KeyStoreRequests.Describe request, Caller caller) {
    return auditor.perform(
        "DescribeCustomKeyStores",
        caller,
        call -> {
          call.requested("customKeyStoreId", request.storeId())
              .requested("customKeyStoreName", request.name())
              .requested("limit", request.limit())
              .requested("marker", request.marker());
          return describe(request);
        });
  }

  private Page<KeyStoreRequests.Description> describe(KeyStoreRequests.Describe request) {
    if (request.storeId() != null && request.name() != null) {
      throw new KmsException(
          KmsErrorCode.VALIDATION,
          "Specify either CustomKeyStoreId or CustomKeyStoreName, but not both.");
    }
    if (request.storeId() != null) {
      return new Page<>(
          List.of(description(catalog.store(request.storeId()).row().custom())), null);
    }
    if (request.name() != null) {
      CustomKeyStore store = storeNamed(request.name()).orElseThrow(Catalog::noSuchStore);
      return new Page<>(List.of(description(store)), null);
    }
    return PAGES.page(
        catalog.stores(),
        id -> Optional.of(new KeyStoreId(id)),
        request.limit(),
        request.marker(),
        entry -> description(entry.row().custom()));
  }

  private static KeyStoreRequests.Description description(CustomKeyStore store) {
    return new KeyStoreRequests.Description(
        store.id(),
        store.name(),
        store.clusterId(),
        store.trustAnchor(),
        store.connection(),
        store.connectionErrorCode(),
        store.created());
  }

  private List<CustomKeyStore> customStores() {
    return catalog.stores().values().stream().map(entry -> entry.row().custom()).toList();
  }

  private Optional<CustomKeyStore> storeNamed(String name) {
    return customStores().stream().filter(store -> store.name().equals(name)).findFirst();
  }

  private static KmsException nameInUse(String name) {
    return new KmsException(
        KmsErrorCode.CUSTOM_KEY_STORE_NAME_IN_USE,
        "The custom key store name " + name + " is already in use in this account and Region.");
  }

  /** The same text but for line ends, which editors and consoles change. */
  private static boolean sameText(String one, String other) {
    return one.strip().replace("\r\n", "\n").equals(other.strip().replace("\r\n", "\n"));
  }
}
