/** Whoever stands on the core and brings an HSM of their own, or the simulated one. */
module dev.cks.consumers.explicit {
  requires dev.cks.core;
  requires dev.cks.sim;
  requires dev.cks.tck;
}
