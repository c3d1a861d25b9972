package dev.cks.sim;

import dev.cks.sim.backup.BackupVault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where services of several Regions of one account find each other's backups: what
 * CopyBackupToRegion needs, and all that they share. Thread-safe.
 */
public final class BackupShelf {
  private final Map<String, BackupVault> vaults = new ConcurrentHashMap<>();

  /** A shelf without services. */
  public BackupShelf() {}

  void put(BackupVault vault) {
    String region = vault.scope().region();
    if (vaults.putIfAbsent(region, vault) != null) {
      throw new IllegalArgumentException("the shelf has a service in " + region + " already");
    }
  }

  void remove(BackupVault vault) {
    vaults.remove(vault.scope().region(), vault);
  }

  Optional<BackupVault> in(String region) {
    return Optional.ofNullable(vaults.get(region));
  }
}
