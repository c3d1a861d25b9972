package dev.cks.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the AWS SDK in process and the endpoint cost, each beside the same without cks. */
public final class FrontsReport {
  private static final int FIRST_CALLS = 11;
  private static final int ROUNDS = 9;
  private static final double MILLION = 1e6;

  private FrontsReport() {}

  /** Prints a line for each figure. About two minutes. */
  public static void main(String[] args) throws RunnerException, IOException, InterruptedException {
    System.out.println("front, Encrypt of 32 B                       cks    canned   ratio   bar");
    warmCall();
    firstCall();
    try (EndpointRatio servers = EndpointRatio.start()) {
      endpoint(servers);
      System.out.printf(
          Locale.ROOT,
          "heap of an idle endpoint: %d MiB (bar 64 MiB)%n",
          (servers.idleHeap() + (1 << 20) - 1) >> 20);
    }
  }

  private static void warmCall() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(InProcessBenchmark.class.getName() + "\\.")
                    .addProfiler(WorkerCpu.class)
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    print(
        "warm call in process, µs CPU",
        cpu(results, "inProcess"),
        cpu(results, "canned"),
        1e3,
        "1.3");
  }

  private static double cpu(Collection<RunResult> results, String call) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(call))
        .mapToDouble(WorkerCpu::of)
        .findFirst()
        .orElseThrow();
  }

  private static void firstCall() throws IOException {
    FirstCall.Cpu cpu = FirstCall.measure(FIRST_CALLS);
    print("first call in process, ms CPU", cpu.cks(), cpu.canned(), MILLION, "1.2");
  }

  private static void endpoint(EndpointRatio servers) throws IOException, InterruptedException {
    var unused = servers.measure(2, Duration.ofSeconds(4));
    EndpointRatio.Costs costs = servers.measure(ROUNDS, Duration.ofSeconds(2));
    print("endpoint, µs CPU of its process", costs.cks().cpu(), costs.canned().cpu(), 1e3, "3.0");
    String p99 = "endpoint, ms p99 at " + EndpointRatio.CONNECTIONS + " connections";
    print(p99, costs.cks().p99(), costs.canned().p99(), MILLION, "2.0");
  }

  private static void print(String what, double cks, double canned, double unit, String bar) {
    System.out.printf(
        Locale.ROOT,
        "%-38s%10.1f%10.1f%8.2f%6s%n",
        what,
        cks / unit,
        canned / unit,
        cks / canned,
        bar);
  }
}
