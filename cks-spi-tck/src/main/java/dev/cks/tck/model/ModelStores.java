package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key store operations but for connecting (spec D.2, D.6, D.7). */
final class ModelStores {
  private static final String TOO_FEW_HSMS = "CloudHsmClusterInvalidConfigurationException";

  private final ModelWorld world;

  ModelStores(ModelWorld world) {
    this.world = world;
  }

  String create(int number, String name) {
    if (nameInUse(name, null)) {
      return isAsCreated(number, name) ? ReferenceModel.OK : "CustomKeyStoreNameInUseException";
    }
    ModelCluster cluster = world.clusters.get(number);
    if (cluster == null || cluster.deleted) {
      return "CloudHsmClusterNotFoundException";
    }
    List<String> refusals = new ArrayList<>();
    if (world.stores.values().stream().anyMatch(store -> related(store.cluster, cluster))) {
      refusals.add("CloudHsmClusterInUseException");
    }
    refusals.addAll(unfit(cluster));
    String outcome = world.anyOf(refusals);
    if (refusals.isEmpty()) {
      world.stores.put(number, new ModelStore(name, cluster));
      usersTouched(cluster);
    }
    return outcome;
  }

  private static boolean related(ModelCluster one, ModelCluster other) {
    return one.plan.lineage().equals(other.plan.lineage());
  }

  /** Why a key store cannot be given this cluster (spec A.3). */
  private List<String> unfit(ModelCluster cluster) {
    List<String> refusals = new ArrayList<>();
    if (!cluster.plan.active()) {
      refusals.add("CloudHsmClusterNotActiveException");
    }
    if (cluster.subnets.zones() < 2 || tooFewHsms(cluster)) {
      refusals.add(TOO_FEW_HSMS);
    }
    return refusals;
  }

  private boolean tooFewHsms(ModelCluster cluster) {
    return cluster.doubt == null ? cluster.activeZones() < 2 : world.observed.equals(TOO_FEW_HSMS);
  }

  private static void usersTouched(ModelCluster cluster) {
    if (cluster.doubt != null) {
      cluster.doubt.usersTouched();
    }
  }

  private boolean nameInUse(String name, @Nullable ModelStore except) {
    return world.stores.values().stream()
        .anyMatch(store -> store != except && store.name.equals(name));
  }

  /** The same request again, while the store is disconnected, is no error and no change. */
  private boolean isAsCreated(int cluster, String name) {
    return world.stores.values().stream()
        .filter(store -> store.name.equals(name))
        .anyMatch(
            store ->
                store.cluster.plan.number() == cluster
                    && store.connection.equals(ModelStore.DISCONNECTED)
                    && store.password.equals(ClusterPlan.FIRST_PASSWORD));
  }

  String rename(int number, String name) {
    ModelStore store = world.stores.get(number);
    String outcome = world.move(store, "UpdateCustomKeyStore name only");
    if (store == null || !outcome.equals(ReferenceModel.OK)) {
      return outcome;
    }
    if (nameInUse(name, store)) {
      return "CustomKeyStoreNameInUseException";
    }
    store.name = name;
    return ReferenceModel.OK;
  }

  String changePassword(int number, String password) {
    ModelStore store = world.stores.get(number);
    String outcome = world.move(store, "UpdateCustomKeyStore");
    if (store != null && outcome.equals(ReferenceModel.OK)) {
      store.password = password;
      store.candidate = null;
      usersTouched(store.cluster);
    }
    return outcome;
  }

  String moveTo(int number, int clusterNumber) {
    ModelStore store = world.stores.get(number);
    String outcome = world.move(store, "UpdateCustomKeyStore");
    if (store == null || !outcome.equals(ReferenceModel.OK)) {
      return outcome;
    }
    ModelCluster cluster = world.clusters.get(clusterNumber);
    if (cluster == null || cluster.deleted) {
      return "CloudHsmClusterNotFoundException";
    }
    List<String> refusals = new ArrayList<>();
    if (!related(cluster, store.cluster)) {
      refusals.add("CloudHsmClusterNotRelatedException");
    }
    refusals.addAll(unfit(cluster));
    if (refusals.isEmpty()) {
      store.cluster = cluster;
      usersTouched(cluster);
    }
    return world.anyOf(refusals);
  }

  /** Which of two refusals comes first is not documented. */
  String delete(int number) {
    ModelStore store = world.stores.get(number);
    boolean hasKeys = world.keys.values().stream().anyMatch(key -> key.home == store);
    List<String> refusals = new ArrayList<>();
    String outcome = world.move(store, "DeleteCustomKeyStore");
    if (!outcome.equals(ReferenceModel.OK)) {
      refusals.add(outcome);
    }
    if (store != null && hasKeys) {
      refusals.add("CustomKeyStoreHasCMKsException");
    }
    if (refusals.isEmpty()) {
      world.stores.remove(number);
    }
    return world.anyOf(refusals);
  }
}
