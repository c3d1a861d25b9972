package dev.cks.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random histories of control-plane calls: the library and the {@link ReferenceModel} agree on
 * every outcome and on every state after it.
 */
class ControlPlaneHistoryProperties {
  /** The last two clusters share a backup history; a key store 3 has no cluster. */
  private static final Map<Integer, String> LINEAGES = Map.of(0, "a", 1, "b", 2, "b");

  private static final int LENGTH = 100;
  private static final Duration LATENCY = Duration.ofMinutes(1);

  private static final Set<String> STORE_STATES =
      Set.of("DISCONNECTED", "CONNECTING", "CONNECTED", "FAILED", "DISCONNECTING");
  private static final Set<String> KEY_STATES =
      Set.of("Enabled", "Disabled", "PendingDeletion", "Unavailable");
  private static final Set<Kind> ON_STORES =
      EnumSet.of(
          Kind.CONNECT,
          Kind.DISCONNECT,
          Kind.RENAME_STORE,
          Kind.CHANGE_PASSWORD,
          Kind.DELETE_STORE,
          Kind.CREATE_KEY);
  private static final Set<Kind> ON_KEYS =
      EnumSet.of(
          Kind.DESCRIBE_KEY,
          Kind.ENABLE_KEY,
          Kind.DISABLE_KEY,
          Kind.SCHEDULE_DELETION,
          Kind.CANCEL_DELETION,
          Kind.ENCRYPT,
          Kind.CREATE_ALIAS,
          Kind.UPDATE_ALIAS);

  /** Which operation was tried in which state, over all histories. */
  private static final Set<String> TRIED = new HashSet<>();

  private static int steps;

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Step> steps =
        Arbitraries.frequencyOf(
            Tuple.of(5, ofStore(Kind.CREATE_STORE, 3)),
            Tuple.of(9, ofStore(Kind.CONNECT, 3)),
            Tuple.of(4, ofStore(Kind.DISCONNECT, 3)),
            Tuple.of(2, ofStore(Kind.RENAME_STORE, 3)),
            Tuple.of(1, ofStore(Kind.CHANGE_PASSWORD, 3)),
            Tuple.of(3, ofStore(Kind.DELETE_STORE, 3)),
            Tuple.of(1, ofStore(Kind.BREAK_CLUSTER, 2)),
            Tuple.of(2, ofStore(Kind.REPAIR_CLUSTER, 2)),
            Tuple.of(10, ofKey(Kind.CREATE_KEY)),
            Tuple.of(1, ofKey(Kind.DESCRIBE_KEY)),
            Tuple.of(5, ofKey(Kind.ENABLE_KEY)),
            Tuple.of(4, ofKey(Kind.DISABLE_KEY)),
            Tuple.of(4, scheduled()),
            Tuple.of(3, ofKey(Kind.CANCEL_DELETION)),
            Tuple.of(8, ofKey(Kind.ENCRYPT)),
            Tuple.of(3, ofAlias(Kind.CREATE_ALIAS)),
            Tuple.of(2, ofAlias(Kind.UPDATE_ALIAS)),
            Tuple.of(1, ofAlias(Kind.DELETE_ALIAS)),
            Tuple.of(12, advance()));
    return steps.list().ofMinSize(LENGTH).ofMaxSize(LENGTH + 50);
  }

  private static Arbitrary<Step> ofStore(Kind kind, int last) {
    return Combinators.combine(
            Arbitraries.integers().between(0, last), Arbitraries.of("orders", "payments", "audit"))
        .as((store, name) -> Step.ofStore(kind, store, name));
  }

  private static Arbitrary<Step> ofKey(Kind kind) {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5), Arbitraries.integers().between(0, 3))
        .as((key, store) -> Step.ofKey(kind, key, store));
  }

  private static Arbitrary<Step> scheduled() {
    return Combinators.combine(Arbitraries.integers().between(0, 5), Arbitraries.of(7, 8, 30))
        .as(Step::schedule);
  }

  private static Arbitrary<Step> ofAlias(Kind kind) {
    return Combinators.combine(
            Arbitraries.of("alias/a", "alias/b"), Arbitraries.integers().between(0, 5))
        .as((name, key) -> Step.ofAlias(kind, name, key));
  }

  private static Arbitrary<Step> advance() {
    return Arbitraries.of(
            Duration.ZERO, LATENCY.dividedBy(2), LATENCY, Duration.ofDays(1), Duration.ofDays(7))
        .map(Step::advance);
  }

  private static List<ClusterPlan> clusters() {
    return LINEAGES.entrySet().stream()
        .map(cluster -> ClusterPlan.trusting(cluster.getKey(), cluster.getValue()))
        .toList();
  }

  /** Steps that would reuse a number are left out, hence more histories than needed. */
  @Property(tries = 1200)
  void history_ofAnySteps_goesAsTheModelSays(
      @ForAll("histories") List<Step> history, @ForAll boolean takesTime) {
    Duration latency = takesTime ? LATENCY : Duration.ZERO;
    ReferenceModel model = new ReferenceModel(clusters(), latency, Duration.ZERO);
    try (World world = new World(LINEAGES, latency)) {
      int number = 0;
      for (Step step : history) {
        take(step, number++, model, world);
      }
      world.checkInvariants();
    }
  }

  private static void take(Step step, int number, ReferenceModel model, World world) {
    if (model.reusesANumber(step)) {
      return;
    }
    note(step, model);
    String outcome = world.apply(step);
    assertThat(outcome)
        .as("outcome of step %d, %s", number, step)
        .isEqualTo(model.apply(step, outcome));
    assertThat(world.connections())
        .as("connections after step %d, %s", number, step)
        .isEqualTo(model.connections());
    assertThat(world.keyStates())
        .as("key states after step %d, %s", number, step)
        .isEqualTo(model.keyStates());
    assertThat(world.aliases())
        .as("aliases after step %d, %s", number, step)
        .isEqualTo(model.aliases());
  }

  private static void note(Step step, ReferenceModel model) {
    steps++;
    if (ON_STORES.contains(step.kind())) {
      TRIED.add(step.kind() + " in " + model.connections().get(step.store()));
    } else if (ON_KEYS.contains(step.kind())) {
      TRIED.add(step.kind() + " on " + model.keyStates().get(step.key()));
    }
  }

  /** A generator that stopped reaching a cell would agree with anything. */
  @AfterContainer
  static void histories_tookEveryOperationToEveryState() {
    for (Kind kind : ON_STORES) {
      assertThat(TRIED).containsAll(STORE_STATES.stream().map(s -> kind + " in " + s).toList());
    }
    for (Kind kind : ON_KEYS) {
      assertThat(TRIED).containsAll(KEY_STATES.stream().map(s -> kind + " on " + s).toList());
    }
    assertThat(steps).isGreaterThanOrEqualTo(100_000);
  }
}
