package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys and aliases: creating, managing, and what remains of them (spec C.4, D.8). */
final class ModelKeys {
  static final String NOT_FOUND = "NotFoundException";
  private static final String TOO_FEW_HSMS = "CloudHsmClusterInvalidConfigurationException";

  private static final String SUCCESS = " SUCCESS";

  private final ModelWorld world;

  /** The latest material under each number, which may outlive its key. */
  private final Map<Integer, Integer> materials = new HashMap<>();

  private int created;

  ModelKeys(ModelWorld world) {
    this.world = world;
  }

  String create(int number, int storeNumber) {
    ModelStore store = world.stores.get(storeNumber);
    String outcome = world.move(store, "CreateKey");
    if (store == null || !outcome.equals(ReferenceModel.OK)) {
      return outcome;
    }
    ModelCluster cluster = store.cluster;
    if (cluster.doubt != null) {
      return createInDoubt(number, storeNumber, store, cluster.doubt);
    }
    ModelSession session = store.session;
    List<ModelNode> serving = session == null ? List.of() : cluster.serving(session);
    List<String> refusals = refusals(cluster, serving);
    if (refusals.isEmpty()) {
      cluster.spread(created(number, storeNumber, store));
    }
    return world.anyOf(refusals);
  }

  private int created(int number, int storeNumber, ModelStore store) {
    ModelKey key = new ModelKey(storeNumber, store, created++);
    materials.put(number, key.material);
    world.keys.put(number, key);
    return key.material;
  }

  private String createInDoubt(int number, int storeNumber, ModelStore store, ModelDoubt doubt) {
    String without = store.cluster.occupied ? "KMSInternalException" : ReferenceModel.OK;
    String outcome =
        world.open(without, TOO_FEW_HSMS, "KMSInternalException", "DependencyTimeoutException");
    if (outcome.equals(ReferenceModel.OK)) {
      doubt.created(created(number, storeNumber, store));
    }
    return outcome;
  }

  /** A key is on two HSMs before it is used (spec F.3). */
  private static List<String> refusals(ModelCluster cluster, List<ModelNode> serving) {
    List<String> refusals = new ArrayList<>();
    if (cluster.activeZones() < 2) {
      refusals.add(TOO_FEW_HSMS);
    }
    if (cluster.occupied) {
      refusals.add("KMSInternalException");
    }
    if (serving.isEmpty()) {
      refusals.add("DependencyTimeoutException");
    } else if (serving.size() < 2) {
      refusals.add(TOO_FEW_HSMS);
    }
    int limit = cluster.plan.keyLimit();
    if (serving.stream().anyMatch(node -> node.keys.cardinality() >= limit)) {
      refusals.add("KMSInternalException");
    }
    return refusals;
  }

  /** -1 if no key had this number yet. */
  int material(int number) {
    return materials.getOrDefault(number, -1);
  }

  /** What the table of key states says of an operation. */
  String manage(int number, String operation, @Nullable String becomes) {
    ModelKey key = world.keys.get(number);
    if (key == null) {
      return NOT_FOUND;
    }
    String outcome = world.tables.onKey(operation, key.state());
    if (becomes != null && outcome.equals(ReferenceModel.OK)) {
      key.lifecycle = becomes;
    }
    return outcome;
  }

  String schedule(int number, long window) {
    String outcome = manage(number, "ScheduleKeyDeletion", ModelKey.PENDING_DELETION);
    ModelKey key = world.keys.get(number);
    if (key != null && outcome.equals(ReferenceModel.OK)) {
      long due = world.now + window;
      key.deletedAt = due;
      world.at(due, () -> windowEnds(number, key, due));
    }
    return outcome;
  }

  /** The metadata goes, then the material, best effort and once. */
  private void windowEnds(int number, ModelKey key, long due) {
    if (!key.isPendingDeletion() || key.deletedAt != due || !world.keys.remove(number, key)) {
      return;
    }
    world.aliases.values().removeIf(target -> target == number);
    ModelSession session = key.home.session;
    ModelDoubt doubt = key.home.cluster.doubt;
    boolean destroyed =
        doubt == null
            ? session != null && key.home.cluster.destroy(session, key.material)
            : destroyedInDoubt(key.material, doubt);
    world.deletions.add(key.material + (destroyed ? SUCCESS : " FAILURE"));
  }

  private boolean destroyedInDoubt(int material, ModelDoubt doubt) {
    doubt.destroyed(material);
    List<String> shown = world.sight().deletions();
    int next = world.deletions.size();
    return next < shown.size() && shown.get(next).equals(material + SUCCESS);
  }

  String createAlias(String name, int target) {
    if (world.aliases.containsKey(name) && world.keys.containsKey(target)) {
      return "AlreadyExistsException"; // a missing target is told first
    }
    String outcome = manage(target, "CreateAlias", null);
    if (outcome.equals(ReferenceModel.OK)) {
      world.aliases.put(name, target);
    }
    return outcome;
  }

  String updateAlias(String name, int target) {
    if (!world.aliases.containsKey(name)) {
      return NOT_FOUND;
    }
    String outcome = manage(target, "UpdateAlias", null);
    if (outcome.equals(ReferenceModel.OK)) {
      world.aliases.put(name, target);
    }
    return outcome;
  }

  String deleteAlias(String name) {
    return world.aliases.remove(name) == null ? NOT_FOUND : ReferenceModel.OK;
  }
}
