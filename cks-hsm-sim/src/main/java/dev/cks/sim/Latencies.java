package dev.cks.sim;

import java.time.Duration;

/**
 * How long the service takes over what is asked through its API, in virtual time. Zero means: done
 * when the call returns. What people do by hand ({@link SimulatedCluster}) takes no time.
 *
 * @param createCluster until a cluster can have its first HSM
 * @param initializeCluster until it is initialised
 * @param modifyCluster until a change of the HSM type is done
 * @param deleteCluster until it is gone
 * @param createHsm until an HSM is active
 * @param deleteHsm until it is gone
 * @param backup until a backup can be used
 * @param copyBackup until a copy in another Region can be used
 */
public record Latencies(
    Duration createCluster,
    Duration initializeCluster,
    Duration modifyCluster,
    Duration deleteCluster,
    Duration createHsm,
    Duration deleteHsm,
    Duration backup,
    Duration copyBackup) {

  /** About what AWS takes. */
  public static Latencies realistic() {
    return new Latencies(
        Duration.ofMinutes(4),
        Duration.ofMinutes(3),
        Duration.ofMinutes(15),
        Duration.ofMinutes(3),
        Duration.ofMinutes(8),
        Duration.ofMinutes(4),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10));
  }

  /** No time at all. */
  public static Latencies none() {
    Duration zero = Duration.ZERO;
    return new Latencies(zero, zero, zero, zero, zero, zero, zero, zero);
  }
}
