package dev.cks.bench;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link EncryptBenchmark}, shorter than it asks for, and prints a line for each call. */
public final class EncryptReport {
  private EncryptReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws RunnerException {
    Map<String, RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(EncryptBenchmark.class.getName() + "\\.")
                    .addProfiler(WorkerCpu.class)
                    .warmupIterations(4)
                    .measurementIterations(4)
                    .measurementTime(TimeValue.milliseconds(500))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run().stream().collect(Collectors.toMap(EncryptReport::call, Function.identity()));
    System.out.println("warm call, 32 B   elapsed ns   CPU ns   CPU ns of bare AES-GCM   ratio");
    print("Encrypt", find(results, "encrypt"), find(results, "rawEncrypt"));
    print("Decrypt", find(results, "decrypt"), find(results, "rawDecrypt"));
  }

  private static void print(String name, RunResult call, RunResult raw) {
    System.out.printf(
        Locale.ROOT,
        "%-15s%13.0f%9.0f%25.0f%8.2f%n",
        name,
        call.getPrimaryResult().getScore(),
        cpu(call),
        cpu(raw),
        cpu(call) / cpu(raw));
  }

  private static String call(RunResult result) {
    return result.getPrimaryResult().getLabel();
  }

  static double cpu(RunResult result) {
    return find(result.getSecondaryResults(), WorkerCpu.LABEL).getScore();
  }

  private static <T> T find(Map<String, T> results, String name) {
    T found = results.get(name);
    if (found == null) {
      throw new IllegalStateException("nothing was measured of " + name);
    }
    return found;
  }
}
