package dev.cks.testkit.simulation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The runner's command line: {@code seeds=1-2000 minutes=10 failures=<directory>}, or {@code
 * scenario=<file>} to see one again. Ends with 1 if a history fails.
 */
public final class SimulationMain {
  private SimulationMain() {}

  /** Runs, prints a report, and ends the JVM. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    int status = 1;
    try {
      String report = run(args);
      status = report.contains(" fails: ") ? 1 : 0;
      System.out.println(report);
    } catch (IllegalArgumentException misuse) {
      System.err.println(misuse.getMessage());
    }
    System.exit(status);
  }

  /**
   * Runs.
   *
   * @return the report
   * @throws IllegalArgumentException for an option that there is not
   */
  public static String run(String... args) {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not an option: " + arg + "; seeds=1-2000 minutes=10");
      }
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    String scenario = options.getOrDefault("scenario", "");
    return scenario.isEmpty() ? simulate(options) : replay(Path.of(scenario));
  }

  private static String simulate(Map<String, String> options) {
    Simulation simulation =
        Simulation.ofSeeds(options.getOrDefault("seeds", Simulation.USUAL_SEEDS));
    if (options.containsKey("failures")) {
      simulation = simulation.failuresInto(Path.of(options.get("failures")));
    }
    String minutes = options.getOrDefault("minutes", "");
    if (!minutes.isEmpty()) {
      simulation = simulation.atMost(Duration.ofMillis((long) (60_000 * number(minutes))));
    }
    return simulation.run().toString();
  }

  private static double number(String minutes) {
    try {
      return Double.parseDouble(minutes);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("minutes are a number, not " + minutes, e);
    }
  }

  private static String replay(Path scenario) {
    try {
      Simulation.replay(scenario);
      return "the scenario goes as the model says: " + scenario;
    } catch (AssertionError | RuntimeException failed) {
      return "the scenario fails: " + failed.getMessage();
    }
  }
}
