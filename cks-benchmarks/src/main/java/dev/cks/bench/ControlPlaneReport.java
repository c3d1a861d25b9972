package dev.cks.bench;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link ControlPlaneBenchmark} and prints its figures beside their bars. */
public final class ControlPlaneReport {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double NANOS_A_MILLI = 1e6;

  private ControlPlaneReport() {}

  /** Prints the lines. */
  public static void main(String[] args) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ControlPlaneBenchmark.class.getName() + "\\.")
                    .addProfiler(WorkerCpu.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      print(result, WorkerCpu.of(result));
    }
  }

  private static void print(RunResult result, double cpuNanos) {
    if (result.getPrimaryResult().getLabel().equals("day")) {
      System.out.printf(
          Locale.ROOT, "simulated day: %.2f ms CPU (bar 10 ms)%n", cpuNanos / NANOS_A_MILLI);
    } else {
      System.out.printf(
          Locale.ROOT,
          "control plane without faults: %.0f steps/s of CPU (bar 200000)%n",
          NANOS_A_SECOND / cpuNanos);
    }
  }
}
