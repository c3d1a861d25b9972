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

  /** R2 and the network half of R3: what creating, updating and connecting ask for. */
  static void requireUsable(ClusterFacts cluster) {
    if (cluster.state() != ClusterFacts.ClusterState.ACTIVE) {
      throw new KmsException(
          KmsErrorCode.CLOUD_HSM_CLUSTER_NOT_ACTIVE,
          "The CloudHSM cluster " + cluster.id() + " is not active.");
    }
    if (cluster.subnetZones() < KeyStoreRules.SUBNET_ZONES) {
      throw new KmsException(
          KmsErrorCode.CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION,
          "CloudHSM cluster must have private subnets in at least two Availability Zones");
    }
  }

  /** R4 as creating and updating ask for it: active HSMs in two Availability Zones. */
  static void requireTwoZones(ClusterFacts cluster) {
    if (cluster.activeZones() < KeyStoreRules.ZONES_TO_CREATE) {
      throw HsmFailureMap.tooFewHsms();
    }
  }
}
