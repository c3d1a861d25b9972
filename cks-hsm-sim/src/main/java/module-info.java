/** The simulated CloudHSM service: clusters of nodes, users and keys, and virtual time. */
module dev.cks.sim {
  requires transitive dev.cks.core;
  requires com.github.benmanes.caffeine;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.cks.sim;
  exports dev.cks.sim.api;
  exports dev.cks.sim.fault;
  exports dev.cks.sim.journal;
  exports dev.cks.sim.network;
  exports dev.cks.sim.time;
  exports dev.cks.sim.tool;
  exports dev.cks.sim.user;
}
