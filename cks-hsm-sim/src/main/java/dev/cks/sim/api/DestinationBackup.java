package dev.cks.sim.api;

import java.time.Instant;

/**
 * What CopyBackupToRegion says of the copy.
 *
 * @param createTimestamp when the source was made
 * @param sourceRegion the Region of the source
 * @param sourceBackup the source
 * @param sourceCluster the cluster of the source
 */
public record DestinationBackup(
    Instant createTimestamp, String sourceRegion, String sourceBackup, String sourceCluster) {}
