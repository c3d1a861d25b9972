package dev.cks.sim.history;

import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Shrinker;
import dev.cks.tck.model.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Runs the histories of many seeds; the first that fails is made short and written to a file. */
final class Campaign {
  private static final Pattern STATE =
      Pattern.compile("^after step [^:]*: ([A-Za-z ]*).*$", Pattern.DOTALL);
  private static final Pattern OUTCOME =
      Pattern.compile("^step \\d+, (\\w+)[^:]*: ([A-Za-z ]*).*$", Pattern.DOTALL);
  private static final int LENGTH = 1000;
  private static final int SHRINKING = 4000;

  private final Path failedHistories;
  private final Coverage coverage = new Coverage();

  Campaign(Path failedHistories) {
    this.failedHistories = failedHistories;
  }

  Coverage coverage() {
    return coverage;
  }

  /**
   * Runs a seed.
   *
   * @throws AssertionError if it fails, telling how to see it again
   */
  void run(long seed) {
    Swarm swarm = new Swarm(seed);
    HistoryRun run = new HistoryRun(swarm.setup(), coverage, HistoryRun.SELDOM);
    try (run) {
      for (int i = 0; i < LENGTH; i++) {
        run.take(swarm.next(run.model));
      }
      recover(swarm, run);
      run.end();
    } catch (AssertionError | RuntimeException failed) {
      throw report(seed, swarm.setup().with(run.taken()), failed);
    }
  }

  /** Once faults stop, every store connects, and within the budget no key is lost. */
  private static void recover(Swarm swarm, HistoryRun run) {
    ReferenceModel model = run.model;
    for (int store : model.connections().keySet()) {
      for (int round = 0; round < 3; round++) { // two may meet a fault that is still planned
        swarm.repair(store, model).forEach(run::take);
      }
      if (model.isRepairable(model.clusters().get(store))
          && !model.connection(store).equals("CONNECTED")) {
        throw new AssertionError("store " + store + " does not connect: " + model.errorCode(store));
      }
    }
    for (int key : List.copyOf(model.keyStates().keySet())) {
      String used = "";
      for (Step step : Swarm.uses(key)) {
        used = run.take(step);
      }
      if (swarm.isWithinBudget()
          && model.keyState(key).equals("Enabled")
          && !used.equals(ReferenceModel.OK)) {
        throw new AssertionError("key " + key + " is lost: " + used);
      }
    }
  }

  private AssertionError report(long seed, History history, Throwable failed) {
    List<Step> shrunk = history.steps();
    Throwable cause = failed;
    for (int everything : List.of(HistoryRun.ALWAYS, HistoryRun.SELDOM)) {
      Throwable again = HistoryRun.failure(history, everything);
      if (again != null && shrunk.size() == history.steps().size()) {
        String kind = kindOf(again);
        shrunk =
            new Shrinker(SHRINKING)
                .shrink(shrunk, steps -> kind.equals(kindOf(history.with(steps), everything)));
        Throwable shorter = HistoryRun.failure(history.with(shrunk), everything);
        cause = Objects.requireNonNullElse(shorter, failed);
      }
    }
    Path file = write(seed, history.with(shrunk), cause);
    return new AssertionError(
        "seed "
            + seed
            + " fails: "
            + cause.getMessage()
            + "\n"
            + history.steps().size()
            + " steps, shrunk to "
            + shrunk.size()
            + "; see them again with\nmvn -q -pl cks-core,cks-spi-tck,cks-hsm-sim test"
            + " -Dtest=HistoryReplayTest -Dsurefire.failIfNoSpecifiedTests=false -Dhistory="
            + file,
        cause);
  }

  private static String kindOf(History history, int everything) {
    Throwable failure = HistoryRun.failure(history, everything);
    return failure == null ? "" : kindOf(failure);
  }

  /** What is wrong, so that a history does not shrink into another failure. */
  private static String kindOf(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.getClass().getName()
        + OUTCOME.matcher(STATE.matcher(message).replaceFirst("$1")).replaceFirst("$1 $2");
  }

  private Path write(long seed, History history, Throwable cause) {
    Path file = failedHistories.resolve("seed-" + seed + ".txt").toAbsolutePath();
    String comment = ("# " + cause.getMessage()).replace("\n", "\n# ") + "\n";
    try {
      Files.createDirectories(failedHistories);
      Files.writeString(file, comment + history.script());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
