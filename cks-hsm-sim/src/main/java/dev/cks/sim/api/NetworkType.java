package dev.cks.sim.api;

/** The addresses that HSMs have. Only recorded: HSMs here have IPv4 addresses. */
public enum NetworkType {
  /** IPv4. */
  IPV4,
  /** IPv4 and IPv6. */
  DUALSTACK
}
