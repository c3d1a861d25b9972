package dev.cks.tck.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Key stores, keys and clusters as AWS documents them, small enough to be believed: it knows the
 * published tables and nothing of the library. {@link #apply(Step, String)} judges the outcome of a
 * step; afterwards {@link #connections()}, {@link #keyStates()} and the rest are what the library
 * must show. Where AWS leaves an outcome open, every documented one is accepted, and the model goes
 * on from the one that it was told. Not thread-safe.
 *
 * <p>Each control-plane call moves time by the same tick; work that became due happens then and in
 * {@code ADVANCE}, so that a history can look at every state in between. Without a latency,
 * connecting is done before the next step.
 */
public final class ReferenceModel {
  /** The outcome of a step that succeeds; every other outcome is the name of an AWS error. */
  public static final String OK = PublishedTables.PERMITTED;

  private final ModelWorld world = new ModelWorld();
  private final ModelStores stores = new ModelStores(world);
  private final ModelKeys keys = new ModelKeys(world);
  private final ModelLabels labels = new ModelLabels(world, keys);
  private final ModelCrypto crypto = new ModelCrypto(world);
  private final ModelHands hands = new ModelHands(world, keys);
  private final ModelConnector connector;
  private final long tick;

  /**
   * A world without key stores.
   *
   * @param clusters the clusters that exist
   * @param connectLatency how long connecting and disconnecting take
   * @param tick how far a control-plane call moves time
   */
  public ReferenceModel(List<ClusterPlan> clusters, Duration connectLatency, Duration tick) {
    clusters.forEach(plan -> world.clusters.put(plan.number(), new ModelCluster(plan)));
    this.connector = new ModelConnector(world, connectLatency.toMillis());
    this.tick = tick.toMillis();
  }

  /**
   * Whether a step would give the number of an existing key to a new one; such a step is skipped.
   */
  public boolean reusesANumber(Step step) {
    return step.kind() == Step.Kind.CREATE_KEY && world.keys.containsKey(step.key());
  }

  /** Says who shows what faults did; without, there can be none. */
  public void watch(Sight sight) {
    world.sight = sight;
  }

  /** Takes over what faults did since; to be called before and after each step. */
  public void look() {
    world.look();
  }

  /** Whether faults leave open what the HSMs of a cluster do. */
  public boolean isInDoubt(int cluster) {
    ModelCluster found = world.clusters.get(cluster);
    return found != null && found.doubt != null;
  }

  /** Whether it cannot be told when a step among faults would have its effect: it is skipped. */
  public boolean isUntellable(Step step) {
    ModelCluster cluster = world.clusters.get(step.store());
    if (cluster == null) {
      return false;
    }
    return switch (step.kind()) {
      case INSTALL_FAULTS -> cluster.failsNextLogin || cluster.cutInNextRotation >= 0;
      case FAIL_NEXT_LOGIN, CUT_NEXT_ROTATION -> cluster.doubt != null;
      default -> false;
    };
  }

  /** Takes a step; answers {@link #OK} or the name of the AWS error. */
  public String apply(Step step) {
    return apply(step, "");
  }

  /**
   * Takes a step that was answered with {@code observed}.
   *
   * @return {@code observed} if AWS may answer so, else what it answers; for people's steps on a
   *     cluster the answers of its HSMs
   */
  public String apply(Step step, String observed) {
    world.observed = observed;
    return switch (step.kind()) {
      case ENCRYPT -> crypto.seal("Encrypt", step);
      case GENERATE_DATA_KEY -> crypto.seal("GenerateDataKey", step);
      case GENERATE_DATA_KEY_WITHOUT_PLAINTEXT ->
          crypto.seal("GenerateDataKeyWithoutPlaintext", step);
      case DECRYPT -> crypto.decrypt(step);
      case DECRYPT_UNDER -> crypto.decryptUnder(step);
      case RE_ENCRYPT -> crypto.reEncrypt(step);
      case GENERATE_RANDOM -> crypto.random(step.store());
      case ADVANCE -> {
        world.advance(step.time().toMillis());
        yield OK;
      }
      case CREATE_STORE,
          CONNECT,
          DISCONNECT,
          RENAME_STORE,
          CHANGE_PASSWORD,
          MOVE_STORE,
          DELETE_STORE -> {
        called(1);
        yield onStore(step);
      }
      case CREATE_KEY,
          DESCRIBE_KEY,
          ENABLE_KEY,
          DISABLE_KEY,
          SCHEDULE_DELETION,
          CANCEL_DELETION,
          UPDATE_DESCRIPTION,
          TAG_KEY,
          UNTAG_KEY,
          CREATE_GRANT,
          REVOKE_GRANT,
          CREATE_ALIAS,
          UPDATE_ALIAS,
          DELETE_ALIAS -> {
        called(1);
        yield onKey(step);
      }
      default -> hands.take(step);
    };
  }

  /** So many further control-plane calls were made, which changed nothing but the time. */
  public void called(int times) {
    world.advance(times * tick);
  }

  private String onStore(Step step) {
    int store = step.store();
    return switch (step.kind()) {
      case CREATE_STORE -> stores.create(store, step.name());
      case CONNECT -> connector.connect(store);
      case DISCONNECT -> connector.disconnect(store);
      case RENAME_STORE -> stores.rename(store, step.name());
      case CHANGE_PASSWORD -> stores.changePassword(store, step.name());
      case MOVE_STORE -> stores.moveTo(store, step.number());
      default -> stores.delete(store);
    };
  }

  private String onKey(Step step) {
    int key = step.key();
    return switch (step.kind()) {
      case CREATE_KEY -> keys.create(key, step.store());
      case DESCRIBE_KEY -> keys.manage(key, "DescribeKey", null);
      case ENABLE_KEY -> keys.manage(key, "EnableKey", ModelKey.ENABLED);
      case DISABLE_KEY -> keys.manage(key, "DisableKey", ModelKey.DISABLED);
      case SCHEDULE_DELETION -> keys.schedule(key, step.time().toMillis());
      case CANCEL_DELETION -> keys.manage(key, "CancelKeyDeletion", ModelKey.DISABLED);
      case UPDATE_DESCRIPTION -> labels.describe(key, step.name());
      case TAG_KEY -> labels.tag(key, step.name());
      case UNTAG_KEY -> labels.untag(key, step.name());
      case CREATE_GRANT -> labels.createGrant(key, step.number());
      case REVOKE_GRANT -> labels.revokeGrant(key, step.number());
      case CREATE_ALIAS -> keys.createAlias(step.name(), key);
      case UPDATE_ALIAS -> keys.updateAlias(step.name(), key);
      default -> keys.deleteAlias(step.name());
    };
  }

  /** The connection state of each key store there is. */
  public Map<Integer, String> connections() {
    return shown(world.stores, store -> store.connection);
  }

  /** The ConnectionErrorCode of each key store there is; empty where there is none. */
  public Map<Integer, String> errorCodes() {
    return shown(world.stores, store -> store.errorCode);
  }

  /** The number of the cluster of each key store there is. */
  public Map<Integer, Integer> clusters() {
    return shown(world.stores, store -> store.cluster.plan.number());
  }

  /** The state of each key there is, as DescribeKey shows it. */
  public Map<Integer, String> keyStates() {
    return shown(world.keys, ModelKey::state);
  }

  /** The key store of each key there is. */
  public Map<Integer, Integer> keyHomes() {
    return shown(world.keys, key -> key.store);
  }

  /** The description of each key there is. */
  public Map<Integer, String> descriptions() {
    return shown(world.keys, key -> key.description);
  }

  /** The tags of each key there is, sorted. */
  public Map<Integer, Set<String>> tags() {
    return shown(world.keys, key -> new TreeSet<>(key.tags));
  }

  /** The numbers of the grants of each key there is, sorted. */
  public Map<Integer, Set<Integer>> grants() {
    return shown(world.keys, key -> new TreeSet<>(key.grants));
  }

  /** The material of each key there is, numbered as in {@link HsmView}. */
  public Map<Integer, Integer> materials() {
    return shown(world.keys, key -> key.material);
  }

  private static <T, R> Map<Integer, R> shown(Map<Integer, T> all, Function<T, R> view) {
    Map<Integer, R> shown = new TreeMap<>();
    all.forEach((number, each) -> shown.put(number, view.apply(each)));
    return shown;
  }

  /** The connection state of a key store; empty if there is none. */
  public String connection(int store) {
    ModelStore found = world.stores.get(store);
    return found == null ? "" : found.connection;
  }

  /** The ConnectionErrorCode of a key store; empty if there is none. */
  public String errorCode(int store) {
    ModelStore found = world.stores.get(store);
    return found == null ? "" : found.errorCode;
  }

  /** The state of a key; empty if there is none. */
  public String keyState(int key) {
    ModelKey found = world.keys.get(key);
    return found == null ? "" : found.state();
  }

  /** The key behind each alias. */
  public Map<String, Integer> aliases() {
    return new TreeMap<>(world.aliases);
  }

  /** What became of the material of each deleted key, in their order: its number and a status. */
  public List<String> deletions() {
    return List.copyOf(world.deletions);
  }

  /** The HSMs of a cluster; none once it is deleted. */
  public List<HsmView> hsms(int cluster) {
    ModelCluster found = world.clusters.get(cluster);
    return found == null
        ? List.of()
        : new ArrayList<>(found.nodes.stream().map(HsmView::of).toList());
  }

  /** Whether a key store could connect to the cluster once all that can be repaired is. */
  public boolean isRepairable(int cluster) {
    ModelCluster found = world.clusters.get(cluster);
    return found != null && !found.deleted && !found.nodes.isEmpty() && !found.subnets.anyDeleted();
  }
}
