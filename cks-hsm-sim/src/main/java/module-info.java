/** The simulated CloudHSM service: clusters of nodes, users and keys, and virtual time. */
module dev.cks.sim {
  requires transitive dev.cks.core;
  requires com.github.benmanes.caffeine;
  requires static transitive org.jspecify;

  exports dev.cks.sim;
  exports dev.cks.sim.time;
}
