package dev.cks.sim.history;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmCluster;
import dev.cks.tck.invariant.Invariants;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real KMS over the real simulator that takes steps and answers in the model's words. */
final class SimulatedWorld implements AutoCloseable {
  private static final int FIRST_ORPHAN = 4096;
  private static final String NO_STORE = "cks-ffffffffffffffff0";
  private static final String NO_KEY = "ffffffff-ffff-4fff-bfff-ffffffffffff";
  private static final String[] ZONES = {"us-east-1a", "us-east-1b", "us-east-1c"};

  final VirtualClock clock = new VirtualClock();
  final Trail trail = new Trail();
  final Records records = new Records();
  final WorldSight sight = new WorldSight(this);
  final Kms kms;
  final Map<Integer, Interposed> clusters = new HashMap<>();
  private final SimulatedCloudHsm hsm;
  private final Map<String, Interposed> byId = new HashMap<>();
  private final Map<String, SimulatedCluster> families = new HashMap<>();
  private final Map<Integer, String> clusterIds = new HashMap<>();
  private final Map<Integer, String> storeIds = new HashMap<>();
  private final Map<Integer, KeyRequests.Description> keys = new HashMap<>();
  private final Map<String, Integer> materials = new HashMap<>();
  private final Map<String, Integer> orphans = new HashMap<>();
  private final Set<String> replacedKeys = new LinkedHashSet<>();
  private final String trustAnchor;
  private boolean struck;
  private final Caller caller;
  private final People people;
  private final Ciphertexts ciphertexts;

  SimulatedWorld(History history) {
    hsm = new SimulatedCloudHsm(clock, Seed.of(history.seed()));
    history.clusters().forEach(this::addCluster);
    trustAnchor = hsm.clusters().get(0).facts().trustAnchor();
    kms =
        Kms.create(
            KmsConfig.deterministic(clock, hsm.seed()).toBuilder()
                .clusters(this::find)
                .audit(trail)
                .metadata(records)
                .auditCrypto(true)
                .connectLatency(history.connectLatency())
                .build());
    caller = kms.rootCaller();
    people = new People(clusters, this::label, this::delete);
    ciphertexts = new Ciphertexts(kms, caller);
  }

  private void addCluster(ClusterPlan plan) {
    ClusterBuilder builder =
        hsm.cluster()
            .zones(Arrays.copyOf(ZONES, plan.zones()))
            .nodes(plan.hsms())
            .keyLimit(plan.keyLimit())
            .kmsuserPassword(People.password(ClusterPlan.FIRST_PASSWORD))
            .state(plan.active() ? ClusterState.ACTIVE : ClusterState.UNINITIALIZED);
    SimulatedCluster relative = families.get(plan.lineage());
    SimulatedCluster cluster = (relative == null ? builder : builder.relatedTo(relative)).create();
    families.putIfAbsent(plan.lineage(), cluster);
    Interposed interposed = new Interposed(cluster);
    clusters.put(plan.number(), interposed);
    byId.put(cluster.id(), interposed);
    clusterIds.put(plan.number(), cluster.id());
  }

  private Optional<HsmCluster> find(String id) {
    return hsm.find(id).map(found -> byId.get(id));
  }

  private void delete(SimulatedCluster cluster) {
    hsm.deleteCluster(cluster.id());
  }

  /** Takes a step; answers as the model does. */
  String take(Step step) {
    try {
      if (Operations.of(step.kind()) == null) {
        return byHand(step);
      }
      call(step);
      return ReferenceModel.OK;
    } catch (KmsException refusal) {
      Invariants.doesNotTell(Trail.CANARY, refusal);
      return refusal.code().wireName();
    }
  }

  private String byHand(Step step) {
    if (step.kind() == Step.Kind.ADVANCE) {
      clock.advance(step.time());
      return ReferenceModel.OK;
    }
    struck |= step.kind() == Step.Kind.INSTALL_FAULTS;
    return people.take(step);
  }

  private void call(Step step) {
    switch (step.kind()) {
      case CREATE_STORE -> createStore(step);
      case CONNECT -> kms.keyStores().connect(store(step), caller);
      case DISCONNECT -> kms.keyStores().disconnect(store(step), caller);
      case RENAME_STORE -> update(step, step.name(), null, null);
      case CHANGE_PASSWORD -> update(step, null, secret(step.name()), null);
      case MOVE_STORE -> update(step, null, null, clusterId(step.number()));
      case DELETE_STORE -> kms.keyStores().delete(store(step), caller);
      case GENERATE_RANDOM -> kms.crypto().generateRandom(16, store(step), caller);
      case CREATE_KEY -> createKey(step);
      case DESCRIBE_KEY -> kms.keys().describe(key(step), caller);
      case ENABLE_KEY -> kms.keys().enable(key(step), caller);
      case DISABLE_KEY -> kms.keys().disable(key(step), caller);
      case SCHEDULE_DELETION ->
          kms.keys().scheduleDeletion(key(step), (int) step.time().toDays(), caller);
      case CANCEL_DELETION -> kms.keys().cancelDeletion(key(step), caller);
      case CREATE_ALIAS -> kms.keys().aliases().create(step.name(), key(step), caller);
      case UPDATE_ALIAS -> kms.keys().aliases().update(step.name(), key(step), caller);
      case DELETE_ALIAS -> kms.keys().aliases().delete(step.name(), caller);
      default -> ciphertexts.take(step, key(step));
    }
  }

  /** The same request again answers the id of a store that may have come from another cluster. */
  private void createStore(Step step) {
    String id = kms.keyStores().create(newStore(step), caller);
    if (!storeIds.containsValue(id)) {
      storeIds.put(step.store(), id);
    }
  }

  private void update(
      Step step, @Nullable String name, @Nullable SecretBytes password, @Nullable String cluster) {
    kms.keyStores()
        .update(new KeyStoreRequests.Update(store(step), name, password, cluster), caller);
  }

  private KeyStoreRequests.Create newStore(Step step) {
    return new KeyStoreRequests.Create(
        step.name(),
        null,
        clusterId(step.store()),
        trustAnchor,
        secret(ClusterPlan.FIRST_PASSWORD));
  }

  private static SecretBytes secret(String name) {
    return SecretBytes.ofText(People.password(name));
  }

  private void createKey(Step step) {
    KeyRequests.Description created = kms.keys().create(KeyRequests.Create.in(store(step)), caller);
    materials.put(created.key().arn(), materials.size());
    KeyRequests.Description before = keys.put(step.key(), created);
    if (before != null) {
      replacedKeys.add(before.key().arn()); // a number is given again only after its key is gone
    }
  }

  private String clusterId(int number) {
    return clusterIds.getOrDefault(number, "cluster-abcdefghijk");
  }

  private String store(Step step) {
    return storeIds.getOrDefault(step.store(), NO_STORE);
  }

  private String key(Step step) {
    KeyRequests.Description known = keys.get(step.key());
    return known == null ? NO_KEY : known.key().id().toString();
  }

  private @Nullable String label(int key) {
    KeyRequests.Description known = keys.get(key);
    return known == null ? null : known.key().arn();
  }

  // for comparisons

  Caller caller() {
    return caller;
  }

  String storeId(int number) {
    return storeIds.getOrDefault(number, NO_STORE);
  }

  String keyId(int number) {
    KeyRequests.Description known = keys.get(number);
    return known == null ? NO_KEY : known.key().id().toString();
  }

  int clusterNumber(String id) {
    return number(clusterIds, id);
  }

  int storeNumber(String id) {
    return number(storeIds, id);
  }

  private static int number(Map<Integer, String> ids, String id) {
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .findAny()
        .orElseThrow(() -> new AssertionError("nobody made " + id))
        .getKey();
  }

  /** The number of the material with this label. */
  int material(String arn) {
    Integer number = materials.get(arn);
    if (number == null) {
      throw new AssertionError("material of a key that was never acknowledged: " + arn);
    }
    return number;
  }

  /** The same; what an interrupted creation left behind has a number of its own. */
  int materialOrOrphan(String label) {
    Integer number = materials.get(label);
    if (number != null) {
      return number;
    }
    if (!struck) {
      throw new AssertionError("material of a key that was never acknowledged: " + label);
    }
    return FIRST_ORPHAN + orphans.computeIfAbsent(label, some -> orphans.size());
  }

  Set<String> replacedKeys() {
    return replacedKeys;
  }

  @Override
  public void close() {
    kms.close();
    hsm.close();
  }
}
