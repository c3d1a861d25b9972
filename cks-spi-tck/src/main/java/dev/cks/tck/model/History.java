package dev.cks.tck.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A world and what happens in it: the file of a history that failed. Text, a line for each cluster
 * and each step; lines that begin with {@code #} are comments.
 *
 * @param seed what chance in the world follows: when faults strike, how ids look
 * @param clusters the clusters there are
 * @param connectLatency how long connecting and disconnecting take
 * @param steps what happens
 */
public record History(
    long seed, List<ClusterPlan> clusters, Duration connectLatency, List<Step> steps) {
  private static final String SEED = "seed ";
  private static final String LATENCY = "latency ";
  private static final String CLUSTER = "cluster ";

  /** Keeps copies. */
  public History {
    clusters = List.copyOf(clusters);
    steps = List.copyOf(steps);
  }

  /** The same world with other steps. */
  public History with(List<Step> otherSteps) {
    return new History(seed, clusters, connectLatency, otherSteps);
  }

  /**
   * Reads what {@link #script()} wrote; without a seed it is 1.
   *
   * @throws IllegalArgumentException if a line is none of a history
   */
  public static History parse(String script) {
    List<ClusterPlan> clusters = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    Duration latency = Duration.ZERO;
    long seed = 1;
    for (String line : script.lines().map(String::strip).toList()) {
      if (line.startsWith(SEED)) {
        seed = Long.parseLong(line.substring(SEED.length()));
      } else if (line.startsWith(LATENCY)) {
        latency = Duration.parse(line.substring(LATENCY.length()));
      } else if (line.startsWith(CLUSTER)) {
        clusters.add(ClusterPlan.parse(line));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        steps.add(Step.parse(line));
      }
    }
    return new History(seed, clusters, latency, steps);
  }

  /** The history as a file. */
  public String script() {
    StringBuilder script = new StringBuilder();
    script.append(SEED).append(seed).append('\n');
    script.append(LATENCY).append(connectLatency).append('\n');
    clusters.forEach(cluster -> script.append(cluster).append('\n'));
    steps.forEach(step -> script.append(step).append('\n'));
    return script.toString();
  }
}
