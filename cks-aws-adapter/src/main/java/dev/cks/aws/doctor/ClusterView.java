package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as CloudHSM described it.
 *
 * @param state for example {@code ACTIVE}
 * @param hsms in any state
 * @param subnets subnet ids by Availability Zone
 * @param sourceBackupId the backup that it was made from, if any
 * @param backups of the cluster and of those whose backups it descends from; the newest first
 */
public record ClusterView(
    String id,
    String state,
    List<Hsm> hsms,
    Map<String, String> subnets,
    @Nullable String hsmType,
    @Nullable String securityGroup,
    @Nullable String sourceBackupId,
    List<BackupView> backups) {
  private static final String ACTIVE = "ACTIVE";

  /** Keeps copies. */
  public ClusterView {
    hsms = List.copyOf(hsms);
    subnets = Map.copyOf(subnets);
    backups = List.copyOf(backups);
  }

  /** One HSM. */
  public record Hsm(String id, String zone, String state) {
    /** Whether it can be used. */
    public boolean isActive() {
      return state.equals(ACTIVE);
    }
  }

  /**
   * A backup.
   *
   * @param clusterId the cluster that it was made of
   */
  public record BackupView(String id, String clusterId, String state, Instant created) {
    /** Whether a cluster can be made from it. */
    public boolean isReady() {
      return state.equals("READY");
    }
  }

  /** The same with its backups. */
  ClusterView with(List<BackupView> all) {
    return new ClusterView(id, state, hsms, subnets, hsmType, securityGroup, sourceBackupId, all);
  }

  /** Whether CloudHSM still has it. */
  public boolean exists() {
    return !state.startsWith("DELETE");
  }

  /** Whether it is initialised, activated, and not being changed. */
  public boolean isActive() {
    return state.equals(ACTIVE);
  }

  /** The HSMs that can be used. */
  public List<Hsm> activeHsms() {
    return hsms.stream().filter(Hsm::isActive).toList();
  }
}
