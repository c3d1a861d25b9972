package dev.cks.aws.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps that put a cluster made from a backup in the place of the key store's. */
final class Replacement {
  private Replacement() {}

  static void write(
      PlanWriter plan, Practice practice, Chart chart, BackupChoice choice, boolean newSubnets) {
    List<String> subnets = subnets(practice, chart);
    boolean unusable =
        practice.subnets().isEmpty() && (newSubnets || subnets.size() < 2 || wereRefused(chart));
    if (unusable) {
      chooseSubnets(plan);
    }
    create(plan, choice, unusable ? List.of() : subnets);
    plan.disconnect(false);
    use(plan, chart);
    if (choice.passwordOld()) {
      plan.setPassword().tell();
    }
    plan.connect();
  }

  /** Those that were asked for, else those of the cluster, also where only CloudTrail has them. */
  private static List<String> subnets(Practice practice, Chart chart) {
    if (!practice.subnets().isEmpty()) {
      return practice.subnets();
    }
    ClusterView cluster = chart.store().cluster();
    return cluster == null ? List.of() : cluster.subnets().values().stream().sorted().toList();
  }

  /** Whether the old subnets were tried before: their owner may have deleted one. */
  private static boolean wereRefused(Chart chart) {
    List<String> backups = chart.backups().stream().map(ClusterView.BackupView::id).toList();
    return "SUBNET_NOT_FOUND".equals(chart.store().connectionErrorCode())
        || chart.history().events().stream()
            .filter(event -> event.is("CreateCluster") && !event.succeeded())
            .filter(
                event -> event.requested("sourceBackupId").filter(backups::contains).isPresent())
            .anyMatch(event -> event.refusal().toLowerCase(Locale.ROOT).contains("subnet"));
  }

  private static void chooseSubnets(PlanWriter plan) {
    plan.manual(
        ManualTask.Id.CHOOSE_SUBNETS,
        "Choose private subnets of one VPC, in two Availability Zones or more, for the new cluster",
        List.of(),
        List.of(ManualTask.SUBNETS),
        new Step.Notes("each has at least four free addresses", "the subnets are known", "", ""),
        Optional.empty(),
        scene -> scene.find(Scene.SUBNETS).isPresent(),
        scene -> scene.get(Scene.SUBNETS));
  }

  private static void create(PlanWriter plan, BackupChoice choice, List<String> subnets) {
    String backup = choice.backup().id();
    plan.api(
        "Make a cluster from the backup",
        "cloudhsmv2 CreateCluster SourceBackupId="
            + backup
            + " HsmType=<the backup's> SubnetIds="
            + (subnets.isEmpty() ? "<as chosen>" : String.join(",", subnets)),
        new Step.Notes(
            "the backup is READY",
            "there is a cluster with the same certificate, without HSMs",
            "nothing",
            "cloudhsmv2 DeleteCluster of the new one"),
        new ClusterDeeds.Create(backup, subnets));
    plan.api(
        "Add HSMs to it, in two Availability Zones",
        "cloudhsmv2 CreateHsm ClusterId=<the new cluster> AvailabilityZone=<each of two>, then"
            + " DescribeClusters until they are ACTIVE",
        new Step.Notes(
            "an HSM costs money by the hour",
            "the cluster is ACTIVE, with the users and keys of " + choice.backup().created(),
            "nothing",
            "cloudhsmv2 DeleteHsm"),
        new ClusterDeeds.AddHsms());
  }

  private static void use(PlanWriter plan, Chart chart) {
    plan.api(
        "Put the new cluster behind the key store",
        "kms UpdateCustomKeyStore CustomKeyStoreId="
            + chart.store().id()
            + " CloudHsmClusterId=<the new cluster>",
        new Step.Notes(
            "ConnectionState is DISCONNECTED",
            "CloudHsmClusterId is the new cluster",
            "keys that were created after the backup: their material is not in the new cluster",
            chart.cluster().isPresent()
                ? "kms UpdateCustomKeyStore CloudHsmClusterId="
                    + chart.clusterId()
                    + ", while the old cluster is kept"
                : "none; the old cluster is gone"),
        new ConnectionDeeds.UseCluster());
  }
}
