package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.BackupView;
import java.util.ArrayList;
import java.util.List;

/** What is left after a loss. */
final class Loss {
  private Loss() {}

  static List<String> afterCluster(Chart chart) {
    List<String> left = new ArrayList<>();
    left.add(
        "The key store "
            + chart.store().id()
            + " and its KMS keys, as names and policies without"
            + " material.");
    left.addAll(pending(chart));
    left.add("Data keys in clear text that applications still hold in memory.");
    return left;
  }

  static List<String> afterMaterial(Chart chart, KeyView key) {
    List<String> left = new ArrayList<>();
    left.add("The KMS key " + key.arn() + ", as a name and a policy without material.");
    chart
        .cluster()
        .ifPresent(cluster -> left.add("The other keys of the cluster " + cluster.id() + "."));
    left.addAll(pending(chart));
    left.add("Data keys in clear text that applications still hold in memory.");
    return left;
  }

  static List<String> afterKey() {
    return List.of(
        "The ciphertexts, which nothing can decrypt: the key material alone cannot either.",
        "Data keys in clear text that applications still hold in memory.");
  }

  /** A backup that is being deleted can still be taken back. */
  private static List<String> pending(Chart chart) {
    return chart.backups().stream()
        .filter(backup -> backup.state().equals("PENDING_DELETION"))
        .map(Loss::pending)
        .toList();
  }

  private static String pending(BackupView backup) {
    return "Backup "
        + backup.id()
        + " of "
        + backup.created()
        + ", which is pending deletion: RestoreBackup takes it back within seven days.";
  }
}
