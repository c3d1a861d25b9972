package dev.cks.sim.api;

/** Whether a cluster's HSMs keep to FIPS 140. */
public enum ClusterMode {
  /** Only approved algorithms. */
  FIPS,
  /** All algorithms; not with {@code hsm1.medium}. */
  NON_FIPS
}
