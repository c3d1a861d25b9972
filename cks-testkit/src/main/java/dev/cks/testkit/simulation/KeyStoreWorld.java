package dev.cks.testkit.simulation;

import dev.cks.audit.AuditQuery;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyStoreRequests;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.tck.invariant.Invariants;
import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A {@link SimulatedAws} with a connected key store and a key in it, that takes {@link Step}s:
 * calls of KMS, operators' commands, faults, and time. It remembers them, so that what happened can
 * be printed and taken again. Not thread-safe.
 *
 * <p>In steps the key store, its cluster and the key have the number 0. A call that KMS refuses is
 * a step like any other.
 */
public final class KeyStoreWorld implements AutoCloseable {
  private static final ClusterPlan USUAL = new ClusterPlan(0, "a", 3, 3, 3300, true, false);

  /** They happen between KMS and its cluster, where a plan of faults strikes too. */
  private static final Set<Kind> NOT_HERE =
      EnumSet.of(
          Kind.FAIL_NEXT_LOGIN, Kind.CUT_NEXT_ROTATION, Kind.BREAK_CLUSTER, Kind.REPAIR_CLUSTER);

  private static final int ROUNDS = 3;
  private static final String REPAIRED = "repaired";

  private final long seed;
  private final ClusterPlan plan;
  private final Duration latency;
  private final SimulatedAws aws;
  private final KmsCalls calls;
  private final People people;
  private final List<Step> taken = new ArrayList<>();
  private boolean faults;

  private KeyStoreWorld(long seed, ClusterPlan plan, Duration latency) {
    this.seed = seed;
    this.plan = plan;
    this.latency = latency;
    this.aws =
        SimulatedAws.builder()
            .seed(seed)
            .connectLatency(latency)
            .cluster(
                cluster ->
                    cluster
                        .zones(SimulatedWorld.zones(plan))
                        .nodes(plan.hsms())
                        .keyLimit(plan.keyLimit()))
            .build();
    SimulatedCluster cluster = aws.cluster();
    this.calls = new KmsCalls(aws.core(), Map.of(0, cluster.id()), cluster.facts().trustAnchor());
    this.people =
        new People(
            new HashMap<>(Map.of(0, new Interposed(cluster))),
            calls::label,
            deleted -> aws.cloudHsm().deleteCluster(deleted.id()));
    calls.store(0, aws.keyStoreId());
    calls.take(Step.ofKey(Kind.CREATE_KEY, 0, 0));
  }

  /** A key store on three HSMs; connecting takes no time. */
  public static KeyStoreWorld create() {
    return new KeyStoreWorld(1, USUAL, Duration.ZERO);
  }

  /**
   * A key store on a cluster like this.
   *
   * @param connectLatency how long connecting and disconnecting take in virtual time
   */
  public static KeyStoreWorld on(ClusterPlan cluster, Duration connectLatency) {
    return new KeyStoreWorld(1, cluster, connectLatency);
  }

  /** The world that a history begins with; {@link #play} takes its steps. */
  public static KeyStoreWorld before(History history) {
    ClusterPlan first = history.clusters().isEmpty() ? USUAL : history.clusters().get(0);
    return new KeyStoreWorld(history.seed(), first, history.connectLatency());
  }

  /** The account. */
  public SimulatedAws aws() {
    return aws;
  }

  /** KMS as the AWS SDK's own interface. */
  public KmsClient kms() {
    return aws.kms();
  }

  /** The id of the key store. */
  public String keyStoreId() {
    return aws.keyStoreId();
  }

  /** The id of the key that was there from the start. */
  public String keyId() {
    return calls.keyId(0);
  }

  /**
   * Takes a step.
   *
   * @return {@link ReferenceModel#OK}, the name of the AWS error, or what the HSMs answered
   * @throws IllegalArgumentException for the few kinds of steps that there are not here
   */
  public String take(Step step) {
    if (NOT_HERE.contains(step.kind())) {
      throw new IllegalArgumentException(
          step.kind() + " is for worlds of the library's own tests; use INSTALL_FAULTS");
    }
    taken.add(step);
    if (step.kind() == Kind.ADVANCE) {
      aws.clock().advance(step.time());
      return ReferenceModel.OK;
    }
    faults |= step.kind() == Kind.INSTALL_FAULTS;
    return Operations.of(step.kind()) == null ? people.take(step) : calls.take(step);
  }

  /** Takes all steps of a history. */
  public void play(History history) {
    history.steps().forEach(this::take);
  }

  /** What has happened so far; {@link History#script()} is its text. */
  public History history() {
    return new History(seed, List.of(plan), latency, taken);
  }

  /**
   * Does what a good operator does until the key store is connected again: ends faults, starts
   * HSMs, restores the network and {@code kmsuser}, connects anew. No steps of the history.
   *
   * @return whether the key store is connected; false if somebody took away what cannot be brought
   *     back, for example the cluster
   */
  public boolean repair() {
    List<Step> history = List.copyOf(taken);
    for (int round = 0; round < ROUNDS && !(round > 0 && isConnected()); round++) {
      Repair.ofCluster(0, faults, stopped()).forEach(this::take);
      for (Step step : Repair.ofConnection(0, 0, SimulatedAws.KEY_STORE_NAME, REPAIRED, latency)) {
        if (step.kind() != Kind.CREATE_STORE) {
          take(step);
        }
      }
    }
    taken.clear();
    taken.addAll(history);
    return isConnected();
  }

  private List<Boolean> stopped() {
    return aws.cluster().facts().hsms().stream()
        .map(hsm -> hsm.state() != HsmState.ACTIVE)
        .toList();
  }

  /** Whether the key store is connected. */
  public boolean isConnected() {
    KeyStoreRequests.Describe request = KeyStoreRequests.Describe.byId(keyStoreId());
    return aws.core()
            .keyStores()
            .describe(request, aws.core().rootCaller())
            .items()
            .get(0)
            .connectionState()
        == ConnectionState.CONNECTED;
  }

  /**
   * Asks for the named invariants of the library.
   *
   * @throws AssertionError if one does not hold
   */
  public void checkInvariants() {
    Invariants.everyStateIsDerivable(aws.core());
    Invariants.deletionDatesBelongToPendingKeys(aws.core());
    Invariants.everyKeyHasItsStore(aws.core());
    Invariants.aliasesPointToExistingKeys(aws.core());
    Invariants.deletedKeysStayGone(aws.core(), deletedKeys());
  }

  private List<String> deletedKeys() {
    return aws.trail().events(AuditQuery.all().named("DeleteKey")).stream()
        .map(event -> event.resources().get(0).arn())
        .toList();
  }

  @Override
  public String toString() {
    return "KeyStoreWorld[" + plan + ", " + taken.size() + " steps]";
  }

  @Override
  public void close() {
    aws.close();
  }
}
