package dev.cks.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs rows in rounds: one fork of each, then one of each again, so that a change in the weather of
 * the machine meets all of them. A fork makes so many calls rather than calling for so long, and
 * waits for the compiler: else it would not be warm yet on a machine that is busy.
 */
final class Rounds {
  /** How many calls an iteration makes. */
  private static final int CALLS = Integer.getInteger("bench.calls", 100_000);

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final int forks;
  private final int warmups;
  private final int batches;
  private final int calls;

  private Rounds(int forks, int warmups, int batches, int calls) {
    this.forks = forks;
    this.warmups = warmups;
    this.batches = batches;
    this.calls = calls;
  }

  /** For figures. */
  static Rounds measuring() {
    return new Rounds(1, 10, 5, CALLS);
  }

  /** In this very JVM, whose state all rows share. */
  static Rounds inThisJvm() {
    return new Rounds(0, 5, 5, CALLS);
  }

  /** In this very JVM, of calls that take microseconds. */
  static Rounds ofSlowCalls() {
    return new Rounds(0, 3, 3, 200);
  }

  /** In this very JVM, only to see that everything runs. */
  static Rounds smoking() {
    return new Rounds(0, 0, 1, 3);
  }

  /** Measures every row once. */
  void run(int round, List<Row> rows, Figures into) throws RunnerException {
    for (Row row : rows) {
      into.add(measure(row, round));
    }
  }

  Figures.Figure measure(Row row, int round) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + row.benchmark().replace(".", "\\.") + "$")
            .mode(Mode.SingleShotTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .threads(row.threads())
            .forks(forks)
            .warmupIterations(warmups)
            .warmupBatchSize(calls)
            .measurementIterations(batches)
            .measurementBatchSize(calls)
            .jvmArgs("-Xms1g", "-Xmx1g", "-Xbatch", "-Dslf4j.internal.verbosity=ERROR")
            .addProfiler(WorkerCpu.class)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    row.params().forEach(options::param);
    RunResult result = new Runner(options.build()).runSingle();
    return new Figures.Figure(
        row.id(),
        round,
        WorkerCpu.of(result) / calls,
        result.getPrimaryResult().getScore() / calls,
        allocated(result) / calls);
  }

  private static double allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(ALLOCATED)) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    return Double.NaN;
  }
}
