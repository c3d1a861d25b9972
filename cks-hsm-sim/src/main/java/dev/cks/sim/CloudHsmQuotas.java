package dev.cks.sim;

/**
 * How many clusters and HSMs there may be. What {@link SimulatedCloudHsm#cluster()} makes does not
 * count towards the first two unless it {@linkplain ClusterBuilder#countTowardsQuotas says so}.
 *
 * @param clusters clusters of an account and Region
 * @param hsms HSMs of an account and Region
 * @param hsmsPerCluster HSMs of one cluster, at most 28
 */
public record CloudHsmQuotas(int clusters, int hsms, int hsmsPerCluster) {
  /** HSMs that a cluster can have at most. */
  public static final int HSMS_PER_CLUSTER = 28;

  /** Checks the ranges. */
  public CloudHsmQuotas {
    if (clusters < 0 || hsms < 0 || hsmsPerCluster < 0 || hsmsPerCluster > HSMS_PER_CLUSTER) {
      throw new IllegalArgumentException("quotas are not negative; a cluster has 0 to 28 HSMs");
    }
  }

  /** AWS's: 4 clusters, 6 HSMs, 28 HSMs in a cluster. */
  public static CloudHsmQuotas documented() {
    return new CloudHsmQuotas(4, 6, HSMS_PER_CLUSTER);
  }
}
