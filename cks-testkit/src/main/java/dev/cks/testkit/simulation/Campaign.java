package dev.cks.testkit.simulation;

import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the histories of many seeds, one after the other; one that fails is made short and kept. */
final class Campaign {
  private static final int LENGTH = 1000;

  /** Twice as many as shrinking the longest history needed so far. */
  static final int SHRINKING = 4000;

  private final Path failedHistories;
  private final int shrinking;
  private final Coverage coverage = new Coverage();

  Campaign(Path failedHistories, int shrinking) {
    this.failedHistories = failedHistories;
    this.shrinking = shrinking;
  }

  Coverage coverage() {
    return coverage;
  }

  /** Runs a seed; null if nothing is wrong. */
  @Nullable SimulationFailure run(long seed) {
    Swarm swarm = new Swarm(seed);
    HistoryRun run = new HistoryRun(swarm.setup(), coverage, HistoryRun.SELDOM);
    Asked asked = new Asked();
    try (run) {
      for (int i = 0; i < LENGTH; i++) {
        run.take(swarm.next(run.model));
      }
      recover(swarm, run, asked);
      run.end();
      return null;
    } catch (AssertionError | RuntimeException failed) {
      return new ShortenedFailure(failedHistories, shrinking)
          .of(seed, swarm.setup().with(run.taken()), asked, failed);
    }
  }

  /** The promise that is asked for at present, and how many steps belong to asking. */
  static final class Asked {
    @Nullable Promise promise;
    int steps;
  }

  /** Once faults stop, every store connects, and within the budget no key is lost. */
  private static void recover(Swarm swarm, HistoryRun run, Asked asked) {
    ReferenceModel model = run.model;
    for (int store : model.connections().keySet()) {
      for (int round = 0; round < 2; round++) { // these may meet a fault that is still planned
        swarm.repair(store, model).forEach(run::take);
      }
      ask(new Promise(Promise.What.STORE_CONNECTS, store), swarm, run, asked);
    }
    if (swarm.isWithinBudget()) {
      for (int key : List.copyOf(model.keyStates().keySet())) {
        ask(new Promise(Promise.What.KEY_WORKS, key), swarm, run, asked);
      }
    }
    asked.promise = null;
  }

  private static void ask(Promise promise, Swarm swarm, HistoryRun run, Asked asked) {
    int before = run.taken().size();
    String outcome = "";
    for (Step step : promise.steps(swarm, run.model)) {
      outcome = run.take(step);
    }
    asked.promise = promise;
    asked.steps = run.taken().size() - before;
    promise.check(run.model, outcome);
    asked.promise = null;
  }
}
