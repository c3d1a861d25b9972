package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.KeyStoreRules;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;

/** What KMS asks of a cluster before it uses it (spec A.3). */
final class Clusters {
  private final ClusterDirectory directory;

  Clusters(ClusterDirectory directory) {
    this.directory = directory;
  }

  /** The facts of a cluster that a key store is about to be given. */
  ClusterFacts existing(String clusterId) {
    return directory
        .find(clusterId)
        .map(HsmCluster::facts)
        .orElseThrow(
            () ->
                new KmsException(
                    KmsErrorCode.CLOUD_HSM_CLUSTER_NOT_FOUND,
                    "There is no CloudHSM cluster " + clusterId + " in this account and Region."));
  }

  /** R2 and R3: what creating, updating and connecting ask for. */
  static void requireUsable(ClusterFacts cluster) {
    if (cluster.state() != ClusterFacts.ClusterState.ACTIVE) {
      throw new KmsException(
          KmsErrorCode.CLOUD_HSM_CLUSTER_NOT_ACTIVE,
          "The CloudHSM cluster " + cluster.id() + " is not active.");
    }
    requireNetwork(cluster);
  }

  /** R3, which CreateKey asks for too. */
  static void requireNetwork(ClusterFacts cluster) {
    if (cluster.subnetZones() < KeyStoreRules.SUBNET_ZONES) {
      throw invalidConfiguration(
          "CloudHSM cluster must have private subnets in at least two Availability Zones");
    }
    if (!cluster.portsOpen()) {
      throw invalidConfiguration(
          "The security group of the CloudHSM cluster must have inbound and outbound rules that"
              + " allow TCP traffic on ports 2223-2225");
    }
  }

  private static KmsException invalidConfiguration(String message) {
    return new KmsException(KmsErrorCode.CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION, message);
  }

  /**
   * R4 as creating and updating a store and creating a key ask for it: active HSMs in two
   * Availability Zones.
   */
  static void requireTwoZones(ClusterFacts cluster) {
    if (cluster.activeZones() < KeyStoreRules.ZONES_TO_CREATE) {
      throw HsmFailureMap.tooFewHsms();
    }
  }
}
