/** Contract suites for those who implement the ports of cks. */
module dev.cks.tck {
  requires transitive dev.cks.core;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;
  requires static transitive org.jspecify;

  exports dev.cks.tck.contract;
}
