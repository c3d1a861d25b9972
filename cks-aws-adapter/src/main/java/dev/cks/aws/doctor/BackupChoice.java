package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.BackupView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which backup a cluster is made from, and why. What a backup contains no API shows: it is inferred
 * from when it was made.
 *
 * @param why sentences for people
 * @param passwordOld whether {@code kmsuser} has another password in it than KMS knows, or that is
 *     not known
 */
record BackupChoice(BackupView backup, String why, boolean passwordOld) {

  /** For a cluster that is gone or unusable: the newest has the most keys. */
  static Optional<BackupChoice> newest(Chart chart) {
    return usable(chart).findFirst().map(backup -> of(chart, backup, "It is the newest one."));
  }

  /** For material that is gone: the newest that surely had it; else the newest that may have it. */
  static Optional<BackupChoice> holding(Chart chart, KeyView key) {
    List<BackupView> candidates = candidates(chart, key);
    Optional<Instant> intact = knownIntact(chart, key);
    Optional<BackupView> sure =
        intact.flatMap(
            until ->
                candidates.stream().filter(backup -> !backup.created().isAfter(until)).findFirst());
    if (sure.isPresent()) {
      return Optional.of(
          of(
              chart,
              sure.get(),
              "It is the newest one from between the creation of the key, "
                  + key.created()
                  + ", and "
                  + intact.get()
                  + ", until when the material was in the cluster: the key worked, and kmsuser,"
                  + " its owner, could not log in while KMS was."));
    }
    return candidates.stream()
        .findFirst()
        .map(
            backup ->
                of(
                    chart,
                    backup,
                    "It is the newest one since the creation of the key, "
                        + key.created()
                        + ", that was not ruled out; when the material was deleted is not known."));
  }

  private static BackupChoice of(Chart chart, BackupView backup, String why) {
    Optional<Instant> rotation = chart.history().lastRotation(chart.store().id());
    boolean old = rotation.map(when -> isBefore(backup, when)).orElse(true);
    String password =
        rotation.isEmpty()
            ? " Whether kmsuser has the password in it that KMS knows is not known: CloudTrail"
                + " shows no connection."
            : old
                ? " It is older than the last connection, "
                    + rotation.get()
                    + ", when KMS changed the password of kmsuser: a password must be set."
                : " It is newer than the last connection, so kmsuser's password in it is right.";
    return new BackupChoice(
        backup,
        "Backup " + backup.id() + " of " + backup.created() + " is chosen. " + why + password,
        old);
  }

  /** Events tell the second only: in doubt it is older. */
  static boolean isBefore(BackupView backup, Instant event) {
    return backup.created().isBefore(event.plusSeconds(1));
  }

  private static Stream<BackupView> usable(Chart chart) {
    return chart.backups().stream()
        .filter(BackupView::isReady)
        .sorted(Comparator.comparing(BackupView::created).reversed());
  }

  /** Backups in which the material can be, the newest first. */
  static List<BackupView> candidates(Chart chart, KeyView key) {
    Optional<Instant> ruledOut = ruledOutFrom(chart, key);
    return usable(chart)
        .filter(backup -> backup.created().isAfter(key.created()))
        .filter(backup -> ruledOut.map(when -> backup.created().isBefore(when)).orElse(true))
        .toList();
  }

  /**
   * If the cluster itself was made from a backup and put in place after the key last worked, that
   * backup did not have the material, nor had any later one.
   */
  private static Optional<Instant> ruledOutFrom(Chart chart, KeyView key) {
    Optional<String> source =
        Optional.ofNullable(chart.store().cluster()).map(ClusterView::sourceBackupId);
    Optional<Instant> adopted =
        chart.history().ofStore("UpdateCustomKeyStore", chart.store().id()).stream()
            .filter(TrailEvent::succeeded)
            .filter(event -> event.requested("clusterId").isPresent())
            .map(TrailEvent::when)
            .findFirst();
    Instant used = key.lastUsed();
    if (source.isEmpty()
        || adopted.isEmpty()
        || (used != null && used.isAfter(adopted.get()))
        || key.created().isAfter(adopted.get())) {
      return Optional.empty();
    }
    return chart.backups().stream()
        .filter(backup -> backup.id().equals(source.get()))
        .map(BackupView::created)
        .findFirst();
  }

  /** Until when the material was there: the first disconnect after the key last worked. */
  private static Optional<Instant> knownIntact(Chart chart, KeyView key) {
    Instant used = key.lastUsed() == null ? key.created() : key.lastUsed();
    return chart.history().ofStore("DisconnectCustomKeyStore", chart.store().id()).stream()
        .filter(TrailEvent::succeeded)
        .map(TrailEvent::when)
        .filter(when -> !when.plusSeconds(1).isBefore(used)) // events tell the second only
        .min(Comparator.naturalOrder())
        .map(when -> when.isBefore(used) ? used : when)
        .or(() -> Optional.ofNullable(key.lastUsed()));
  }
}
