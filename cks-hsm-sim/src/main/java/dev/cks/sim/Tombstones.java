package dev.cks.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Clusters that were deleted not long ago: they are still described. Guarded by the service. */
final class Tombstones {
  private static final Duration SHOWN = Duration.ofDays(7);

  private record Grave(SimulatedCluster cluster, Instant since) {}

  private final List<Grave> graves = new ArrayList<>();

  void add(SimulatedCluster cluster, Instant now) {
    graves.add(new Grave(cluster, now));
  }

  List<SimulatedCluster> shown(Instant now) {
    graves.removeIf(grave -> grave.since().plus(SHOWN).isBefore(now));
    return graves.stream().map(Grave::cluster).toList();
  }
}
