package dev.cks.sim.api;

import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, as the service describes it. The first password of a new HSM's admin ({@code
 * PreCoPassword}) is never shown.
 *
 * @param clusterId {@code cluster-…}
 * @param createTimestamp when it was made
 * @param state its state
 * @param stateMessage more about the state
 * @param vpcId the VPC of its subnets
 * @param subnetMapping Availability Zone → subnet
 * @param securityGroup {@code sg-…}
 * @param hsmType for example {@code hsm1.medium}
 * @param hsmTypeRollbackExpiration until when a change of the type can be taken back
 * @param mode FIPS or not
 * @param networkType the addresses that its HSMs have
 * @param backupPolicy {@code DEFAULT}
 * @param backupRetentionPolicy how long its backups are kept
 * @param sourceBackupId the backup it was made from
 * @param certificates its certificates
 * @param hsms its HSMs
 * @param tags its tags, by key
 */
public record Cluster(
    String clusterId,
    Instant createTimestamp,
    ClusterState state,
    @Nullable String stateMessage,
    String vpcId,
    Map<String, String> subnetMapping,
    String securityGroup,
    String hsmType,
    @Nullable Instant hsmTypeRollbackExpiration,
    ClusterMode mode,
    NetworkType networkType,
    String backupPolicy,
    RetentionPolicy backupRetentionPolicy,
    @Nullable String sourceBackupId,
    Certificates certificates,
    List<Hsm> hsms,
    List<Tag> tags) {
  /** Its lists cannot be changed. */
  public Cluster {
    hsms = List.copyOf(hsms);
    tags = List.copyOf(tags);
  }
}
