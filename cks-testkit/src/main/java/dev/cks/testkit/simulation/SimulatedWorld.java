package dev.cks.testkit.simulation;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.service.Caller;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmCluster;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A real KMS over the real simulator that takes steps and answers in the model's words. */
final class SimulatedWorld implements AutoCloseable {
  private static final int FIRST_ORPHAN = 4096;
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
  private final Map<String, Integer> orphans = new HashMap<>();
  private boolean struck;
  private final Caller caller;
  private final People people;
  private final KmsCalls calls;

  SimulatedWorld(History history) {
    hsm = new SimulatedCloudHsm(clock, Seed.of(history.seed()));
    history.clusters().forEach(this::addCluster);
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
    calls = new KmsCalls(kms, clusterIds, hsm.clusters().get(0).facts().trustAnchor());
    people = new People(clusters, calls::label, this::delete);
  }

  /** The Availability Zones of a cluster. */
  static String[] zones(ClusterPlan plan) {
    return Arrays.copyOf(ZONES, plan.zones());
  }

  private void addCluster(ClusterPlan plan) {
    ClusterBuilder builder =
        hsm.cluster()
            .zones(zones(plan))
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
    return Operations.of(step.kind()) == null ? byHand(step) : calls.take(step);
  }

  private String byHand(Step step) {
    if (step.kind() == Step.Kind.ADVANCE) {
      clock.advance(step.time());
      return ReferenceModel.OK;
    }
    struck |= step.kind() == Step.Kind.INSTALL_FAULTS;
    return people.take(step);
  }

  // for comparisons

  Caller caller() {
    return caller;
  }

  String storeId(int number) {
    return calls.storeId(number);
  }

  String keyId(int number) {
    return calls.keyId(number);
  }

  int clusterNumber(String id) {
    return number(clusterIds, id);
  }

  int storeNumber(String id) {
    return number(calls.storeIds(), id);
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
    Integer number = calls.materials().get(arn);
    if (number == null) {
      throw new AssertionError("material of a key that was never acknowledged: " + arn);
    }
    return number;
  }

  /** The same; what an interrupted creation left behind has a number of its own. */
  int materialOrOrphan(String label) {
    Integer number = calls.materials().get(label);
    if (number != null) {
      return number;
    }
    if (!struck) {
      throw new AssertionError("material of a key that was never acknowledged: " + label);
    }
    return FIRST_ORPHAN + orphans.computeIfAbsent(label, some -> orphans.size());
  }

  Set<String> replacedKeys() {
    return calls.replacedKeys();
  }

  @Override
  public void close() {
    kms.close();
    hsm.close();
  }
}
