package dev.cks.compat;

import dev.cks.local.SimulatedAws;
import dev.cks.service.Caller;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.spi.ClusterFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Key material is lost and comes back with a backup: what an operator does about it (spec J.7). */
final class Restoring {
  private static final Duration A_DAY = Duration.ofHours(25);
  private static final Duration A_WHILE = Duration.ofMinutes(20);

  private final SimulatedAws aws;
  private final CloudHsmV2 api;
  private final Caller caller;

  Restoring(SimulatedAws aws) {
    this.aws = aws;
    this.api = aws.cloudHsm().api();
    this.caller = aws.core().rootCaller();
  }

  /** A nightly backup is made, then somebody deletes the material of a key from the cluster. */
  void loseMaterialAfterBackup(String keyArn) {
    aws.clock().advance(A_DAY);
    aws.cluster().deleteKey(keyArn);
  }

  /**
   * A cluster of two HSMs made from the newest backup.
   *
   * @return its id
   */
  String clusterFromNewestBackup() {
    String backup =
        api.describeBackups(
                new CloudHsmRequests.DescribeBackups(
                    Map.of("clusterIds", List.of(aws.cluster().id())), null, null, null, null),
                caller)
            .items()
            .get(0)
            .backupId();
    List<ClusterFacts.Subnet> subnets = aws.cluster().facts().subnets();
    String cluster =
        api.createCluster(
                CloudHsmRequests.CreateCluster.in(
                        subnets.stream().map(ClusterFacts.Subnet::id).toList())
                    .from(backup),
                caller)
            .clusterId();
    aws.clock().advance(A_WHILE);
    for (ClusterFacts.Subnet subnet : subnets.subList(0, 2)) {
      api.createHsm(new CloudHsmRequests.CreateHsm(cluster, subnet.zone(), null), caller);
    }
    aws.clock().advance(A_WHILE);
    return cluster;
  }

  /** Puts the key store on another cluster. */
  void reconnectTo(String cluster) {
    aws.kms().disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
    aws.kms()
        .updateCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()).cloudHsmClusterId(cluster));
    aws.kms().connectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
  }
}
