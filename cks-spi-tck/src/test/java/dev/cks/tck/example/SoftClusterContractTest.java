package dev.cks.tck.example;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.HsmCluster;
import dev.cks.tck.contract.HsmClusterContract;

// tag::contract
class SoftClusterContractTest extends HsmClusterContract {
  @Override
  protected HsmCluster newCluster() {
    return new SoftCluster("cluster-soft2345abc", user(), SecretBytes.ofText(password()));
  }

  @Override
  protected String user() {
    return "kmsuser";
  }

  @Override
  protected String password() {
    return "kmsPswd1";
  }
}
// end::contract
