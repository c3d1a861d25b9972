package dev.cks.sim.backup;

import dev.cks.domain.key.AccountRegion;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.sim.backup.StoredBackup.Origin;
import dev.cks.sim.hsm.NodeContent;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backups of one account and Region. Nothing is scheduled here: what retention and deletion
 * make of a backup is found out whenever somebody looks. Calls nobody while it holds its monitor.
 * Thread-safe.
 */
public final class BackupVault {
  /** Days that backups are kept unless their cluster says otherwise. */
  public static final int DEFAULT_RETENTION = 90;

  /** How long a backup that is gone is still shown. */
  private static final Duration SHOWN_AFTER_DELETION = Duration.ofDays(7);

  private final AccountRegion scope;
  private final Timeline clock;
  private final Supplier<String> ids;
  private final Map<String, StoredBackup> backups = new LinkedHashMap<>();
  private final Map<String, Integer> retentionDays = new HashMap<>();

  /** An empty vault. */
  public BackupVault(AccountRegion scope, Timeline clock, Supplier<String> ids) {
    this.scope = scope;
    this.clock = clock;
    this.ids = ids;
  }

  /** Where it is. */
  public AccountRegion scope() {
    return scope;
  }

  /** Sets how long the backups of a cluster are kept. */
  public synchronized void retention(String clusterId, int days) {
    retentionDays.put(clusterId, days);
    sweep();
  }

  /** Keeps a backup of a cluster; the content is the vault's from now on. */
  public synchronized StoredBackup add(
      String clusterId, Family family, NodeContent content, Duration latency) {
    Instant now = clock.now();
    StoredBackup backup =
        newBackup(clusterId, family, content, now, now.plus(latency), null, Map.of());
    sweep();
    return backup;
  }

  /** Keeps a copy of another Region's backup. */
  public synchronized void addCopy(
      StoredBackup source, String region, Map<String, String> tags, Duration latency) {
    Instant now = clock.now();
    NodeContent shared = source.share();
    Origin origin = new Origin(region, source.id(), now);
    newBackup(
        source.clusterId(),
        source.family(),
        shared,
        source.created(),
        now.plus(latency),
        origin,
        tags);
  }

  private StoredBackup newBackup(
      String clusterId,
      Family family,
      NodeContent content,
      Instant created,
      Instant ready,
      @Nullable Origin origin,
      Map<String, String> tags) {
    String id = ids.get();
    StoredBackup backup =
        new StoredBackup(
            id,
            arn(id),
            clusterId,
            family,
            Optional.of(content),
            created,
            ready,
            false,
            origin,
            null,
            tags,
            null);
    backups.put(id, backup);
    return backup;
  }

  /** All that is shown, the oldest first. */
  public synchronized List<StoredBackup> all() {
    sweep();
    return backups.values().stream().sorted(BackupVault::byAge).toList();
  }

  /** The backup with this id or ARN. */
  public synchronized Optional<StoredBackup> find(String idOrArn) {
    sweep();
    String prefix = arn("");
    String id = idOrArn.startsWith(prefix) ? idOrArn.substring(prefix.length()) : idOrArn;
    return Optional.ofNullable(backups.get(id));
  }

  /** The newest backup of a cluster that is still there. */
  public synchronized Optional<StoredBackup> newestOf(String clusterId) {
    return backups.values().stream()
        .filter(backup -> backup.isKept() && backup.clusterId().equals(clusterId))
        .max(BackupVault::byAge);
  }

  /** Replaces a backup by a changed one. */
  public synchronized StoredBackup change(StoredBackup backup, UnaryOperator<StoredBackup> change) {
    StoredBackup changed = change.apply(backup);
    backups.put(backup.id(), changed);
    return changed;
  }

  /** Deletes a backup: for seven days it can be restored. */
  public StoredBackup delete(StoredBackup backup) {
    Instant gone = clock.now().plus(StoredBackup.RESTORABLE);
    return change(backup, present -> present.withGone(gone));
  }

  /** Takes {@link #delete} back. */
  public StoredBackup restore(StoredBackup backup) {
    return change(backup, present -> present.withGone(null));
  }

  /** Lets go of everything. */
  public synchronized void clear() {
    for (StoredBackup backup : backups.values()) {
      NodeContent content = backup.content().orElse(null);
      if (content != null) {
        content.discard();
      }
    }
    backups.clear();
  }

  /** What became due: old backups expire, but the newest of each cluster; deleted ones vanish. */
  private void sweep() {
    Instant now = clock.now();
    List<StoredBackup> due = new ArrayList<>();
    for (StoredBackup backup : backups.values()) {
      if (isDue(backup, now)) {
        due.add(backup);
      }
    }
    if (!due.isEmpty()) {
      Set<String> newest = newest();
      due.stream()
          .filter(backup -> !newest.contains(backup.id()))
          .map(this::expired)
          .filter(backup -> backup.state(now) == BackupState.DELETED)
          .forEach(backup -> vanish(backup, now));
    }
  }

  /** Cheap, since most have nothing due. */
  private boolean isDue(StoredBackup backup, Instant now) {
    return backup.isKept()
        ? !backup.neverExpires() && expiry(backup).isBefore(now)
        : backup.state(now) == BackupState.DELETED;
  }

  private StoredBackup expired(StoredBackup backup) {
    return backup.isKept() ? change(backup, kept -> kept.withGone(expiry(kept))) : backup;
  }

  private void vanish(StoredBackup backup, Instant now) {
    Instant gone = backup.gone();
    backup.content().ifPresent(NodeContent::discard);
    if (gone != null && gone.plus(SHOWN_AFTER_DELETION).isBefore(now)) {
      backups.remove(backup.id());
    } else if (backup.content().isPresent()) {
      backups.put(backup.id(), backup.withoutContent());
    }
  }

  /** The newest backup of each cluster that is still there. */
  private Set<String> newest() {
    Map<String, StoredBackup> newest = new HashMap<>();
    for (StoredBackup backup : backups.values()) {
      if (backup.isKept()) {
        newest.merge(
            backup.clusterId(), backup, (one, other) -> byAge(one, other) < 0 ? other : one);
      }
    }
    return newest.values().stream().map(StoredBackup::id).collect(Collectors.toSet());
  }

  private Instant expiry(StoredBackup backup) {
    int days = retentionDays.getOrDefault(backup.clusterId(), DEFAULT_RETENTION);
    return backup.created().plus(Duration.ofDays(days));
  }

  private String arn(String id) {
    return "arn:"
        + scope.partition()
        + ":cloudhsm:"
        + scope.region()
        + ":"
        + scope.accountId()
        + ":backup/"
        + id;
  }

  private static int byAge(StoredBackup one, StoredBackup other) {
    int order = one.created().compareTo(other.created());
    return order != 0 ? order : one.id().compareTo(other.id());
  }
}
