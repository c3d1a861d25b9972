package dev.cks.sim.backup;

import dev.cks.sim.api.Backup;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.Certificates;
import dev.cks.sim.api.ClusterMode;
import dev.cks.sim.api.Tag;
import dev.cks.sim.hsm.NodeContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backup with all that it takes to bring its cluster back. What time makes of it is derived: only
 * the instants are stored.
 *
 * @param id {@code backup-…}
 * @param family what clusters from this backup have in common with its cluster
 * @param content users and keys, until it is gone
 * @param created when it was made
 * @param ready when it can be used
 * @param origin where it was copied from; null if it was not
 * @param gone when it is deleted for good; null if nobody wants that
 * @param policy its resource policy
 */
public record StoredBackup(
    String id,
    String arn,
    String clusterId,
    Family family,
    Optional<NodeContent> content,
    Instant created,
    Instant ready,
    boolean neverExpires,
    @Nullable Origin origin,
    @Nullable Instant gone,
    Map<String, String> tags,
    @Nullable String policy) {
  /** How long a deleted backup can be restored. */
  public static final Duration RESTORABLE = Duration.ofDays(7);

  /**
   * What a cluster hands down.
   *
   * @param lineage the fingerprint of the cluster's certificate
   * @param trustAnchor {@code customerCA.crt}
   * @param certificates the cluster's certificates, some of them made when first looked at
   */
  public record Family(
      String lineage,
      String trustAnchor,
      Supplier<Certificates> certificates,
      String hsmType,
      ClusterMode mode) {}

  /** Where a copy comes from. */
  public record Origin(String region, String backupId, Instant copied) {}

  /** What the service says of it. */
  public BackupState state(Instant now) {
    if (gone != null) {
      return now.isBefore(gone) ? BackupState.PENDING_DELETION : BackupState.DELETED;
    }
    return now.isBefore(ready) ? BackupState.CREATE_IN_PROGRESS : BackupState.READY;
  }

  /** Its users and keys once more; whoever gets them lets them go. */
  public NodeContent share() {
    NodeContent shared =
        content.orElseThrow(() -> new IllegalStateException("backup " + id + " is deleted"));
    return new NodeContent(shared.users(), shared.keys());
  }

  StoredBackup withoutContent() {
    return new StoredBackup(
        id,
        arn,
        clusterId,
        family,
        Optional.empty(),
        created,
        ready,
        neverExpires,
        origin,
        gone,
        tags,
        policy);
  }

  /** Whether it was neither deleted nor has expired. */
  boolean isKept() {
    return gone == null;
  }

  /** The same, gone at this instant; null takes that back. */
  StoredBackup withGone(@Nullable Instant instant) {
    return new StoredBackup(
        id,
        arn,
        clusterId,
        family,
        content,
        created,
        ready,
        neverExpires,
        origin,
        instant,
        tags,
        policy);
  }

  /** The same, exempt from retention or not. */
  public StoredBackup withNeverExpires(boolean exempt) {
    return new StoredBackup(
        id, arn, clusterId, family, content, created, ready, exempt, origin, gone, tags, policy);
  }

  /** The same with other tags. */
  public StoredBackup withTags(Map<String, String> newTags) {
    return new StoredBackup(
        id,
        arn,
        clusterId,
        family,
        content,
        created,
        ready,
        neverExpires,
        origin,
        gone,
        newTags,
        policy);
  }

  /** The same with another policy, or none. */
  public StoredBackup withPolicy(@Nullable String newPolicy) {
    return new StoredBackup(
        id,
        arn,
        clusterId,
        family,
        content,
        created,
        ready,
        neverExpires,
        origin,
        gone,
        tags,
        newPolicy);
  }

  /** As the service describes it. */
  public Backup describe(Instant now) {
    return new Backup(
        id,
        arn,
        state(now),
        clusterId,
        created,
        origin == null ? null : origin.copied(),
        neverExpires,
        origin == null ? null : origin.region(),
        origin == null ? null : origin.backupId(),
        origin == null ? null : clusterId,
        gone,
        tags.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(tag -> new Tag(tag.getKey(), tag.getValue()))
            .toList(),
        family.hsmType(),
        family.mode());
  }

  /** Names neither users nor keys. */
  @Override
  public String toString() {
    return "StoredBackup[" + id + " of " + clusterId + "]";
  }
}
