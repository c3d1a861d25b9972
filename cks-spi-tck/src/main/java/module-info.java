/** What an implementer of a port proves itself with: contracts, the reference model, invariants. */
module dev.cks.tck {
  requires transitive dev.cks.core;
  requires transitive org.junit.jupiter.api;
  requires transitive org.assertj.core;
  requires static transitive org.jspecify;

  exports dev.cks.tck.contract;
  exports dev.cks.tck.invariant;
  exports dev.cks.tck.model;

  // the obligations are package-private, so that no subclass can soften one
  opens dev.cks.tck.contract;
}
