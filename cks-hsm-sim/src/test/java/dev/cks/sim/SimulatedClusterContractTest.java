package dev.cks.sim;

import dev.cks.spi.HsmCluster;
import dev.cks.tck.contract.Capability;
import dev.cks.tck.contract.HsmClusterContract;
import java.util.Set;

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

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.LOCKOUT, Capability.ADDRESSES, Capability.SEVERAL_HSMS);
  }
}
