package dev.cks.sim;

import dev.cks.sim.network.Network;
import dev.cks.sim.network.NetworkException;
import dev.cks.sim.network.NetworkInterface;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What KMS puts into the cluster's VPC to connect a key store (spec B.4, step 3). */
final class KeyStoreNetwork {
  private KeyStoreNetwork() {}

  static Attachment attach(Network network, Site site, String clusterGroup, String keyStoreId) {
    String group = network.createSecurityGroup(site.vpcId(), "kms-" + keyStoreId, () -> {});
    try {
      List<NetworkInterface> interfaces =
          network.createInterfaces(
              site.subnetIds(),
              "KMS managed ENI for cluster " + site.id(),
              List.of(group, clusterGroup));
      AtomicBoolean held = new AtomicBoolean(true);
      return () -> {
        if (held.getAndSet(false)) {
          interfaces.forEach(each -> network.deleteInterface(each.id()));
          network.deleteSecurityGroup(group);
        }
      };
    } catch (NetworkException failure) {
      network.deleteSecurityGroup(group);
      throw new HsmException(reason(failure), String.valueOf(failure.getMessage()));
    }
  }

  private static Reason reason(NetworkException failure) {
    return failure.problem() == NetworkException.Problem.SUBNET_NOT_FOUND
        ? Reason.SUBNET_NOT_FOUND
        : Reason.NO_FREE_ADDRESS;
  }
}
