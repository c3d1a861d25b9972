package dev.cks.sim.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operations with more than one parameter take. Parameters that may be absent are null.
 */
public final class CloudHsmRequests {
  private CloudHsmRequests() {}

  /**
   * Of CreateCluster.
   *
   * @param hsmType {@code hsm1.medium} or {@code hsm2m.medium}
   * @param subnetIds 1 to 10 of one VPC, one per Availability Zone
   * @param sourceBackupId id or ARN of the backup to restore
   */
  public record CreateCluster(
      String hsmType,
      List<String> subnetIds,
      @Nullable String sourceBackupId,
      @Nullable RetentionPolicy backupRetentionPolicy,
      @Nullable NetworkType networkType,
      @Nullable ClusterMode mode,
      List<Tag> tags) {

    /** Without the parameters that may be absent. */
    public static CreateCluster in(List<String> subnetIds) {
      return new CreateCluster("hsm1.medium", subnetIds, null, null, null, null, List.of());
    }

    /** The same, restored from a backup. */
    public CreateCluster from(String backupId) {
      return new CreateCluster(
          hsmType, subnetIds, backupId, backupRetentionPolicy, networkType, mode, tags);
    }
  }

  /** Of CreateHsm. */
  public record CreateHsm(String clusterId, String availabilityZone, @Nullable String ipAddress) {}

  /** Of DeleteHsm: one of the last three says which. */
  public record DeleteHsm(
      String clusterId, @Nullable String hsmId, @Nullable String eniId, @Nullable String eniIp) {}

  /**
   * Of InitializeCluster.
   *
   * @param signedCert the cluster's CSR, signed (PEM)
   * @param trustAnchor who signed it: {@code customerCA.crt} (PEM)
   */
  public record InitializeCluster(String clusterId, String signedCert, String trustAnchor) {}

  /** Of ModifyCluster. */
  public record ModifyCluster(
      String clusterId,
      @Nullable String hsmType,
      @Nullable RetentionPolicy backupRetentionPolicy) {}

  /**
   * Of DescribeClusters.
   *
   * @param filters of {@code clusterIds}, {@code vpcIds}, {@code states}
   * @param maxResults 1 to 25
   */
  public record DescribeClusters(
      Map<String, List<String>> filters, @Nullable Integer maxResults, @Nullable String nextToken) {
    /** Everything. */
    public static final DescribeClusters ALL = new DescribeClusters(Map.of(), null, null);
  }

  /**
   * Of DescribeBackups.
   *
   * @param filters of {@code backupIds}, {@code sourceBackupIds}, {@code clusterIds}, {@code
   *     states}, {@code neverExpires}
   * @param maxResults 1 to 50
   * @param shared true for the backups that other accounts share through AWS RAM: there are none
   * @param sortAscending true for the oldest first
   */
  public record DescribeBackups(
      Map<String, List<String>> filters,
      @Nullable Integer maxResults,
      @Nullable String nextToken,
      @Nullable Boolean shared,
      @Nullable Boolean sortAscending) {
    /** Everything, the newest first. */
    public static final DescribeBackups ALL = new DescribeBackups(Map.of(), null, null, null, null);

    /** The backups of one cluster, the newest first. */
    public static DescribeBackups of(String clusterId) {
      return new DescribeBackups(Map.of("clusterIds", List.of(clusterId)), null, null, null, null);
    }
  }

  /** Of CopyBackupToRegion. */
  public record CopyBackupToRegion(String destinationRegion, String backupId, List<Tag> tags) {}

  /** Of ModifyBackupAttributes. */
  public record ModifyBackupAttributes(String backupId, boolean neverExpires) {}

  /**
   * Of ListTags.
   *
   * @param maxResults 1 to 100
   */
  public record ListTags(
      String resourceId, @Nullable Integer maxResults, @Nullable String nextToken) {}

  /** Of TagResource. */
  public record TagResource(String resourceId, List<Tag> tags) {}

  /** Of UntagResource. */
  public record UntagResource(String resourceId, List<String> tagKeys) {}

  /** Of PutResourcePolicy. */
  public record PutResourcePolicy(String resourceArn, String policy) {}
}
