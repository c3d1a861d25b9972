package dev.cks.sim.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup, as the service describes it.
 *
 * @param backupId {@code backup-…}
 * @param backupArn its ARN
 * @param backupState its state
 * @param clusterId the cluster it was made of
 * @param createTimestamp when it was made
 * @param copyTimestamp when it was copied from another Region
 * @param neverExpires whether retention leaves it alone
 * @param sourceRegion the Region it was copied from
 * @param sourceBackup the backup it was copied from
 * @param sourceCluster the cluster of that backup
 * @param deleteTimestamp when it is gone for good
 * @param tags its tags, by key
 * @param hsmType the type of the HSM it was made of
 * @param mode the mode of its cluster
 */
public record Backup(
    String backupId,
    String backupArn,
    BackupState backupState,
    String clusterId,
    Instant createTimestamp,
    @Nullable Instant copyTimestamp,
    boolean neverExpires,
    @Nullable String sourceRegion,
    @Nullable String sourceBackup,
    @Nullable String sourceCluster,
    @Nullable Instant deleteTimestamp,
    List<Tag> tags,
    String hsmType,
    ClusterMode mode) {
  /** Its list cannot be changed. */
  public Backup {
    tags = List.copyOf(tags);
  }
}
