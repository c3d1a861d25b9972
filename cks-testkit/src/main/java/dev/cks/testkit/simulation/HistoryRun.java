package dev.cks.testkit.simulation;

import dev.cks.tck.invariant.DocumentedErrors;
import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One history under way: the world and the model take each step, and must agree after it. */
final class HistoryRun implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(1);

  /** Everything is compared after so many steps, what a step touched after each. */
  static final int SELDOM = 100;

  /** Everything is compared after each step. */
  static final int ALWAYS = 1;

  private static final Duration LONGEST_WINDOW = Duration.ofDays(31);

  final ReferenceModel model;
  final SimulatedWorld world;
  private final Coverage coverage;
  private final Comparison comparison;
  private final List<Step> taken = new ArrayList<>();
  private final int everything;

  HistoryRun(History setup, Coverage coverage, int everything) {
    this.everything = everything;
    this.model = new ReferenceModel(setup.clusters(), setup.connectLatency(), TICK);
    this.world = new SimulatedWorld(setup);
    this.coverage = coverage;
    this.comparison = new Comparison(world, model);
    model.watch(world.sight);
  }

  /** Runs all steps of a history and the checks at its end; throws where the two disagree. */
  static void play(History history, @Nullable Promise promise, int everything) {
    try (HistoryRun run = new HistoryRun(history, new Coverage(), everything)) {
      String outcome = "";
      for (Step step : history.steps()) {
        outcome = run.take(step);
      }
      if (promise != null) {
        promise.check(run.model, outcome);
      }
      run.end();
    }
  }

  /** Null, or why it failed. */
  static @Nullable Throwable failure(History history, @Nullable Promise promise, int everything) {
    try {
      play(history, promise, everything);
      return null;
    } catch (AssertionError | RuntimeException failed) {
      return failed;
    }
  }

  /** When each step began, up to the one that failed. */
  static List<Instant> begins(History history, int everything) {
    List<Instant> begins = new ArrayList<>();
    try (HistoryRun run = new HistoryRun(history, new Coverage(), everything)) {
      for (Step step : history.steps()) {
        begins.add(run.world.clock.now());
        run.take(step);
      }
    } catch (AssertionError | RuntimeException failed) {
      return begins;
    }
    return begins;
  }

  /** What was taken so far, the step that failed included. */
  List<Step> taken() {
    return taken;
  }

  /** Takes one step; leaves out one that would give a number twice. Answers its outcome. */
  String take(Step step) {
    if (model.reusesANumber(step) || model.isUntellable(step)) {
      return "";
    }
    taken.add(step);
    String state = Coverage.stateBefore(step, model);
    model.look();
    String outcome = world.take(step);
    String expected = model.apply(step, outcome);
    model.look();
    if (!outcome.equals(expected)) {
      throw new AssertionError(
          "step " + taken.size() + ", " + step + ": " + outcome + ", expected " + expected);
    }
    coverage.visited(step, state, outcome);
    compare(step, outcome);
    return outcome;
  }

  private void compare(Step step, String outcome) {
    try {
      String operation = Operations.of(step.kind());
      comparison.event(operation, outcome);
      requireDocumented(operation, outcome);
      touched(step);
      if (taken.size() % everything == 0) {
        comparison.everything();
      }
      world.trail.takeAsked();
    } catch (AssertionError disagreement) {
      throw new AssertionError(
          "after step " + taken.size() + ", " + step + ": " + disagreement.getMessage(),
          disagreement);
    }
  }

  private static void requireDocumented(@Nullable String operation, String outcome) {
    if (operation != null
        && !outcome.equals(ReferenceModel.OK)
        && !DocumentedErrors.allow(operation, outcome)) {
      throw new AssertionError(operation + " answered " + outcome + ", which is not documented");
    }
  }

  private void touched(Step step) {
    int store = step.store();
    if (step.kind() == Step.Kind.ADVANCE) {
      store = taken.size() % 3;
    }
    if (step.concernsStore() || step.kind() == Step.Kind.ADVANCE) {
      comparison.store(store);
      coverage.errorCode(model.errorCode(store));
    }
    if (step.concernsKey()) {
      comparison.key(step.key());
    }
  }

  private void clearFaults() {
    for (int cluster : List.copyOf(world.clusters.keySet())) {
      if (model.isInDoubt(cluster)) {
        take(Step.ofStore(Step.Kind.CLEAR_FAULTS, cluster, ""));
      }
    }
  }

  /** Lets all windows end, then compares everything and asks for the invariants. */
  void end() {
    clearFaults();
    comparison.everything();
    take(Step.advance(LONGEST_WINDOW));
    comparison.everything();
    comparison.invariants();
  }

  @Override
  public void close() {
    world.clusters.values().forEach(each -> coverage.struck(each.cluster.faults().struck()));
    world.close();
  }
}
