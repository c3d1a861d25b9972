package dev.cks.testkit.simulation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a {@link Simulation}. */
public final class SimulationReport {
  private final long seeds;
  private final long cpuNanos;
  private final Coverage coverage;
  private final @Nullable SimulationFailure failure;

  SimulationReport(
      long seeds, long cpuNanos, Coverage coverage, @Nullable SimulationFailure failure) {
    this.seeds = seeds;
    this.cpuNanos = cpuNanos;
    this.coverage = coverage;
    this.failure = failure;
  }

  /** How many seeds were run, the failing one included. */
  public long seeds() {
    return seeds;
  }

  /** How many steps all their histories took together. */
  public long steps() {
    return coverage.steps();
  }

  /** Steps for each second of CPU time of the threads that took them, start-up included. */
  public long stepsPerSecond() {
    return cpuNanos == 0 ? 0 : Math.round(steps() * 1e9 / cpuNanos);
  }

  /** The failure of the lowest seed, if there is one. */
  public Optional<SimulationFailure> failure() {
    return Optional.ofNullable(failure);
  }

  /** Everything that could have been met and was not, a line each; see {@link Unvisited}. */
  public List<String> unvisited() {
    return Unvisited.of(coverage);
  }

  Coverage coverage() {
    return coverage;
  }

  /** All of it for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(seeds).append(" seeds, ").append(steps()).append(" steps, ");
    text.append(stepsPerSecond()).append(" steps a second of thread CPU\n");
    text.append(coverage.cells()).append(" different operations x states x outcomes, ");
    text.append(coverage.struck().size()).append(" cells of the table of faults, ");
    text.append(coverage.errorCodes().size()).append(" ConnectionErrorCodes, ");
    text.append(coverage.refusals().size()).append(" AWS errors\n");
    text.append("never met:\n");
    unvisited().forEach(each -> text.append("  ").append(each).append('\n'));
    if (failure != null) {
      text.append(failure);
    }
    return text.toString();
  }
}
