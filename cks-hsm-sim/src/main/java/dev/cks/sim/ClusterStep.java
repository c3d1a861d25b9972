package dev.cks.sim;

import static dev.cks.spi.ClusterFacts.ClusterState.ACTIVE;
import static dev.cks.spi.ClusterFacts.ClusterState.DEGRADED;
import static dev.cks.spi.ClusterFacts.ClusterState.INITIALIZED;
import static dev.cks.spi.ClusterFacts.ClusterState.UNINITIALIZED;
import static dev.cks.spi.ClusterFacts.ClusterState.UPDATE_IN_PROGRESS;

import dev.cks.spi.ClusterFacts.ClusterState;
import java.util.Set;

/** In which states of a cluster what can be done with it: the one table of them. */
record ClusterStep(Set<ClusterState> states) {
  static final ClusterStep CREATE_HSM =
      in(UNINITIALIZED, INITIALIZED, ACTIVE, UPDATE_IN_PROGRESS, DEGRADED);
  static final ClusterStep DELETE_HSM =
      in(UNINITIALIZED, INITIALIZED, ACTIVE, UPDATE_IN_PROGRESS, DEGRADED);
  static final ClusterStep INITIALIZE = in(UNINITIALIZED);
  static final ClusterStep CHANGE_RETENTION =
      in(UNINITIALIZED, INITIALIZED, ACTIVE, UPDATE_IN_PROGRESS, DEGRADED);
  static final ClusterStep CHANGE_TYPE = in(ACTIVE);
  static final ClusterStep DELETE = in(UNINITIALIZED, INITIALIZED, ACTIVE, DEGRADED);

  private static ClusterStep in(ClusterState... states) {
    return new ClusterStep(Set.of(states));
  }

  void admit(SimulatedCluster cluster) {
    if (!states.contains(cluster.state())) {
      throw Refusal.invalid(
          "The cluster " + cluster.id() + " is in state " + cluster.state() + ".");
    }
  }
}
