package dev.cks.sim;

import dev.cks.spi.HsmCluster;
import dev.cks.tck.contract.HsmClusterContract;

final class SimulatedClusterContractTest extends HsmClusterContract {
  @Override
  protected HsmCluster newCluster() {
    return SimulatedCloudHsm.withSeed(1).cluster().create();
  }

  @Override
  protected String user() {
    return SimulatedCluster.KMSUSER;
  }

  @Override
  protected String password() {
    return ClusterBuilder.KMSUSER_PASSWORD;
  }
}
