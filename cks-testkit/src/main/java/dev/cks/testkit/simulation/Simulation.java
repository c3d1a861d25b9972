package dev.cks.testkit.simulation;

import dev.cks.tck.model.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs random histories of the library on the simulated CloudHSM, each against the reference model
 * in {@code cks-spi-tck}: they must agree on every outcome and on everything that can be seen. Each
 * seed draws its own clusters, and how often which kinds of calls, faults and operators' commands
 * come; some never, since swarms find what an even mix hides. The first history that fails is made
 * short and kept as a scenario file. Immutable; the same seeds give the same result.
 *
 * @param first the first seed
 * @param last the last seed; {@link Long#MAX_VALUE} for as many as there is time for
 * @param limit no further seed is begun after this time; null: none
 * @param threads how many seeds run at once
 * @param failures the directory for scenario files
 * @param shrinking how often at most a failing history is tried shorter
 */
public record Simulation(
    long first, long last, @Nullable Duration limit, int threads, Path failures, int shrinking) {

  /** The seeds of a normal build: two million steps. */
  public static final String USUAL_SEEDS = "1-2000";

  private static final Path DEFAULT_FAILURES = Path.of("target", "failed-histories");

  /**
   * A run of these seeds on all cores.
   *
   * @param range {@code 17}, {@code 1-2000}, or {@code 5000-} for no end
   * @throws IllegalArgumentException for anything else
   */
  public static Simulation ofSeeds(String range) {
    if (!range.matches("\\d{1,18}(-\\d{0,18})?")) {
      throw new IllegalArgumentException(
          "seeds are one number, two with a dash (1-2000) or one with a dash (1-), not " + range);
    }
    String[] bounds = range.split("-", -1);
    String end = bounds[bounds.length - 1];
    long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
    int cores = Runtime.getRuntime().availableProcessors();
    return new Simulation(
        Long.parseLong(bounds[0]), last, null, cores, DEFAULT_FAILURES, Campaign.SHRINKING);
  }

  /** The same, ending after this time. */
  public Simulation atMost(Duration time) {
    return new Simulation(first, last, time, threads, failures, shrinking);
  }

  /** The same, keeping scenario files there. */
  public Simulation failuresInto(Path directory) {
    return new Simulation(first, last, limit, threads, directory, shrinking);
  }

  /** The same on so many threads. */
  public Simulation onThreads(int number) {
    return new Simulation(first, last, limit, number, failures, shrinking);
  }

  /** Runs all seeds, or until one fails. */
  public SimulationReport run() {
    return new Workers(this).run();
  }

  /**
   * Takes the steps of a scenario file again.
   *
   * @throws AssertionError if it still fails, with the same words
   */
  public static void replay(Path scenario) {
    String text;
    try {
      text = Files.readString(scenario);
    } catch (IOException e) {
      throw new UncheckedIOException("no scenario can be read from " + scenario, e);
    }
    Promise promise = Promise.in(text);
    History history = History.parse(text);
    HistoryRun.play(history, promise, HistoryRun.ALWAYS);
    HistoryRun.play(history, promise, HistoryRun.SELDOM);
  }
}
