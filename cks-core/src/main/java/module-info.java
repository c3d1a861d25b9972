/** AWS KMS custom key stores as a library: domain tables, services, and the ports behind them. */
@SuppressWarnings("module") // dev.cks.sim is compiled after this
module dev.cks.core {
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports dev.cks;
  exports dev.cks.audit;
  exports dev.cks.service;
  exports dev.cks.domain.key;
  exports dev.cks.domain.grant;
  exports dev.cks.domain.keystore;
  exports dev.cks.domain.crypto;
  exports dev.cks.domain.secret;
  exports dev.cks.domain.error;
  exports dev.cks.spi;
  exports dev.cks.internal to
      dev.cks.sim;
}
