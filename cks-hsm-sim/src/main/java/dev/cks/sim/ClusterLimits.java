package dev.cks.sim;

import dev.cks.sim.crypto.XaesSuite;
import dev.cks.sim.hsm.Fleet;
import java.time.Duration;

/**
 * How much a cluster holds.
 *
 * @param quorum on how many HSMs a key must be before it is used
 * @param keys how many keys
 * @param syncLag after how much virtual time keys reach the other HSMs
 * @param cipherContexts how many ciphers are kept, over all keys
 * @param messagesPerPrefix how many messages share a nonce prefix
 */
record ClusterLimits(
    int quorum, int keys, Duration syncLag, int cipherContexts, int messagesPerPrefix) {
  /** What CloudHSM's clusters have. */
  static final ClusterLimits DOCUMENTED =
      new ClusterLimits(
          2, ClusterBuilder.KEYS_PER_CLUSTER, Duration.ZERO, XaesSuite.CONTEXTS, XaesSuite.BATCH);

  /** The plan of a cluster's fleet, with random numbers of its own for each purpose. */
  Fleet.Plan plan(SimulatedCloudHsm service, String cluster) {
    return new Fleet.Plan(
        cluster,
        quorum,
        keys,
        syncLag,
        new XaesSuite(cipherContexts, messagesPerPrefix),
        service.seed().stream("hsm-material/" + cluster),
        service.seed().stream("hsm-random/" + cluster),
        service.clock(),
        service::nextHandle,
        service.seed().stream("faults/" + cluster),
        service.log());
  }
}
