package dev.cks.sim;

import dev.cks.sim.backup.BackupVault;
import dev.cks.sim.backup.StoredBackup;
import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.NodeContent;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes the backups of one cluster: when told, and whenever there was none for a day. One piece of
 * work waits on the clock for each cluster, none for a backup. Guarded by the service's lock.
 */
final class ClusterBackups {
  private static final Duration DAY = Duration.ofHours(24);

  private final Site site;
  private final Fleet fleet;
  private final BackupVault vault;
  private final Timeline clock;
  private final Supplier<Family> family;
  private final Object lock;
  private Instant last;
  private boolean started;

  ClusterBackups(
      Site site,
      Fleet fleet,
      BackupVault vault,
      Timeline clock,
      Supplier<Family> family,
      Object lock) {
    this.site = site;
    this.fleet = fleet;
    this.vault = vault;
    this.clock = clock;
    this.family = family;
    this.lock = lock;
    this.last = site.created();
  }

  /** From now on there is a backup at least every 24 hours; the first one is taken here. */
  void start(Duration latency, BooleanSupplier alive) {
    if (site.backedUp() && !started) {
      started = true;
      take(latency);
      next(latency, alive);
    }
  }

  /** Takes a backup if the cluster has them and there is anything to take one of. */
  void take(Duration latency) {
    if (!site.backedUp()) {
      return;
    }
    NodeContent before = vault.newestOf(site.id()).flatMap(StoredBackup::content).orElse(null);
    NodeContent content = fleet.snapshot(before);
    last = clock.now();
    if (content != null) {
      vault.add(site.id(), family.get(), content, latency);
    }
  }

  /** Keeps what a cluster without HSMs is to begin with. */
  void keep(NodeContent content) {
    vault.add(site.id(), family.get(), content, Duration.ZERO);
  }

  /** Before the first HSM of a cluster is added: it becomes what the last backup holds. */
  void restoreNewest() {
    vault.newestOf(site.id()).ifPresent(backup -> fleet.restore(backup.share()));
  }

  private void next(Duration latency, BooleanSupplier alive) {
    clock.at(last.plus(DAY), "backup of " + site.id(), () -> daily(latency, alive));
  }

  private void daily(Duration latency, BooleanSupplier alive) {
    synchronized (lock) {
      if (!alive.getAsBoolean()) {
        return;
      }
      if (!clock.now().isBefore(last.plus(DAY))) {
        take(latency);
      }
      next(latency, alive);
    }
  }
}
