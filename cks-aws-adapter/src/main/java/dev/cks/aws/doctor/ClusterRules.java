package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.BackupView;
import dev.cks.aws.doctor.ClusterView.Hsm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the cluster, its HSMs and backups say, and whether KMS reaches it (spec A.3, B.8). */
final class ClusterRules {
  private static final Set<String> PASSING =
      Set.of(
          "CREATE_IN_PROGRESS",
          "INITIALIZE_IN_PROGRESS",
          "UPDATE_IN_PROGRESS",
          "MODIFY_IN_PROGRESS",
          "ROLLBACK_IN_PROGRESS");

  private ClusterRules() {}

  static List<Finding> find(Chart chart, Plans plans) {
    List<Finding> findings = new ArrayList<>();
    if (chart.clusterIsGone()) {
      if (!"CLUSTER_NOT_FOUND".equals(chart.store().connectionErrorCode())) {
        findings.add(
            clusterNotFound(
                chart,
                plans,
                "The key store is "
                    + chart.store().connectionState()
                    + "; whatever uses a key of it fails.",
                chart.clusterAndBackups()));
      }
      return findings;
    }
    chart.cluster().ifPresent(cluster -> ofCluster(chart, cluster, plans, findings));
    ofTrial(chart, plans).ifPresent(findings::add);
    return findings;
  }

  private static void ofCluster(
      Chart chart, ClusterView cluster, Plans plans, List<Finding> findings) {
    notActive(chart, cluster, plans).ifPresent(findings::add);
    hsms(chart, cluster, plans).ifPresent(findings::add);
    backups(chart, cluster).ifPresent(findings::add);
  }

  // the cluster

  /** The cluster is gone: from CloudHSM's mouth or KMS's. */
  static Finding clusterNotFound(
      Chart chart, Plans plans, String symptom, List<Evidence> evidence) {
    StoreView store = chart.store();
    List<Evidence> all = new ArrayList<>(evidence);
    chart
        .history()
        .latestOfCluster("DeleteCluster", chart.clusterId())
        .map(TrailEvent::evidence)
        .ifPresent(all::add);
    if (chart.cluster().isPresent()) {
      return Findings.repairable(
          Condition.CLUSTER_NOT_FOUND,
          store.id(),
          symptom,
          "KMS did not find the cluster " + chart.clusterId() + ", which is there now.",
          all,
          plans.retry(store));
    }
    String cause = "There is no cluster " + chart.clusterId() + " any more.";
    Optional<BackupChoice> choice = bestFor(chart);
    if (choice.isPresent()) {
      return Findings.repairable(
          Condition.CLUSTER_NOT_FOUND,
          store.id(),
          symptom,
          cause + " A backup of it is left.",
          all,
          plans.replaceCluster(chart, choice.get(), false));
    }
    return chart.backupsSeen()
        ? lost(chart, symptom, cause, all)
        : blind(chart, symptom, cause, all);
  }

  private static Finding lost(Chart chart, String symptom, String cause, List<Evidence> evidence) {
    return Findings.lost(
        Condition.CLUSTER_LOST,
        chart.store().id(),
        symptom,
        cause
            + " There is no backup of it, nor of any cluster that it descends from: the material"
            + " of every key of the key store is lost, and what they encrypted cannot be decrypted.",
        evidence,
        Loss.afterCluster(chart));
  }

  private static Finding blind(Chart chart, String symptom, String cause, List<Evidence> evidence) {
    return Findings.noted(
        Condition.CLUSTER_NOT_FOUND,
        Kind.BY_HANDS,
        chart.store().id(),
        symptom,
        cause + " Whether there is a backup could not be seen.",
        evidence);
  }

  /**
   * If a key's material is known to be missing, the backup must have it; else the newest is best.
   */
  private static Optional<BackupChoice> bestFor(Chart chart) {
    KeyView asked = chart.asked();
    boolean missing =
        asked != null && asked.state().equals("Unavailable") && chart.store().isConnected();
    return missing && asked != null
        ? BackupChoice.holding(chart, asked).or(() -> BackupChoice.newest(chart))
        : BackupChoice.newest(chart);
  }

  static Finding subnetNotFound(Chart chart, Plans plans, String symptom, List<Evidence> evidence) {
    String cause =
        "A subnet that the cluster is configured with was deleted. A cluster's subnets cannot be"
            + " changed, so KMS cannot connect to this one any more.";
    List<Evidence> all = new ArrayList<>(evidence);
    all.addAll(chart.backupEvidence());
    return BackupChoice.newest(chart)
        .map(
            choice ->
                Findings.repairable(
                    Condition.SUBNET_NOT_FOUND,
                    chart.store().id(),
                    symptom,
                    cause,
                    all,
                    plans.replaceCluster(chart, choice, true)))
        .orElseGet(
            () ->
                Findings.noted(
                    Condition.SUBNET_NOT_FOUND,
                    Kind.BY_HANDS,
                    chart.store().id(),
                    symptom,
                    cause + " No backup is seen; a backup is made when an HSM is added or removed.",
                    all));
  }

  private static Optional<Finding> notActive(Chart chart, ClusterView cluster, Plans plans) {
    boolean usable =
        cluster.isActive()
            || cluster.state().equals("UPDATE_IN_PROGRESS")
            || cluster.state().equals("DEGRADED");
    if (usable) {
      return Optional.empty();
    }
    String symptom = "The cluster is " + cluster.state() + ".";
    if (cluster.state().equals("INITIALIZED")) {
      return Optional.of(
          Findings.repairable(
              Condition.CLUSTER_NOT_ACTIVE,
              chart.store().id(),
              symptom,
              "It is initialised, but its admin has no password yet, which is what activates it.",
              chart.storeAndCluster(),
              plans.activate(chart.store())));
    }
    return Optional.of(
        Findings.noted(
            Condition.CLUSTER_NOT_ACTIVE,
            Kind.BY_HANDS,
            chart.store().id(),
            symptom,
            PASSING.contains(cluster.state())
                ? "It is being changed; that passes by itself within the hour."
                : "KMS connects to ACTIVE clusters only.",
            chart.storeAndCluster()));
  }

  // HSMs

  private static Optional<Finding> hsms(Chart chart, ClusterView cluster, Plans plans) {
    List<Hsm> active = cluster.activeHsms();
    long zones = active.stream().map(Hsm::zone).distinct().count();
    if (active.isEmpty()) {
      return noHsm(chart, cluster, plans);
    }
    if (cluster.subnets().keySet().size() == 1) {
      return Optional.of(
          Findings.noted(
              Condition.ONE_ZONE,
              Kind.BY_HANDS,
              chart.clusterId(),
              "All subnets of the cluster are in one Availability Zone.",
              "KMS requires two. A cluster's subnets cannot be changed; a cluster from a backup can"
                  + " have others.",
              chart.clusterEvidence()));
    }
    if (zones >= 2) {
      return Optional.empty();
    }
    Condition condition = active.size() < 2 ? Condition.TOO_FEW_HSMS : Condition.ONE_ZONE;
    return Optional.of(
        Findings.repairable(
            condition,
            chart.clusterId(),
            "Keys can be used, but CreateKey answers CloudHsmClusterInvalidConfigurationException.",
            "The cluster has "
                + active.size()
                + " active HSM(s) in "
                + zones
                + " zone; two in"
                + " different Availability Zones are needed to create a key.",
            chart.clusterEvidence(),
            plans.addHsmsOnly(chart.store())));
  }

  private static Optional<Finding> noHsm(Chart chart, ClusterView cluster, Plans plans) {
    if ("INSUFFICIENT_CLOUDHSM_HSMS".equals(chart.store().connectionErrorCode())) {
      return Optional.empty(); // said already, with more
    }
    List<Evidence> evidence = new ArrayList<>(chart.clusterAndBackups());
    chart
        .history()
        .latestOfCluster("DeleteHsm", chart.clusterId())
        .map(TrailEvent::evidence)
        .ifPresent(evidence::add);
    String symptom =
        "The key store is "
            + chart.store().connectionState()
            + ", and operations with its keys answer KMSInvalidStateException.";
    boolean nothingToRestore =
        cluster.hsms().isEmpty()
            && chart.backupsSeen()
            && chart.backups().stream().noneMatch(BackupView::isReady);
    if (nothingToRestore) {
      return Optional.of(
          lost(chart, symptom, "The cluster " + cluster.id() + " has no HSM.", evidence));
    }
    return Optional.of(
        Findings.repairable(
            Condition.NO_ACTIVE_HSM,
            chart.store().id(),
            symptom,
            "The cluster has "
                + cluster.hsms().size()
                + " HSMs and none of them is ACTIVE. The"
                + " first one that is added is restored from the latest backup.",
            evidence,
            chart.store().isConnected()
                ? plans.addHsmsOnly(chart.store())
                : plans.addHsms(chart.store())));
  }

  // backups

  private static Optional<Finding> backups(Chart chart, ClusterView cluster) {
    if (!chart.backupsSeen()) {
      return Optional.empty();
    }
    Optional<BackupView> newest = chart.backups().stream().filter(BackupView::isReady).findFirst();
    if (newest.isEmpty()) {
      return Optional.of(
          Findings.noted(
              Condition.NO_BACKUP,
              Kind.BY_HANDS,
              cluster.id(),
              "DescribeBackups shows no backup that is READY.",
              "CloudHSM makes one each day, and when an HSM is added or removed.",
              chart.backupEvidence()));
    }
    Optional<Instant> rotation = chart.history().lastRotation(chart.store().id());
    return rotation
        .filter(when -> BackupChoice.isBefore(newest.get(), when))
        .map(
            when ->
                Findings.inferred(
                    Findings.noted(
                        Condition.BACKUP_PASSWORD_OLD,
                        Kind.BY_HANDS,
                        cluster.id(),
                        "The newest backup, "
                            + newest.get().id()
                            + ", is of "
                            + newest.get().created()
                            + ".",
                        "KMS changed the password of kmsuser when it last connected, at "
                            + when
                            + ": in a cluster from that backup an admin must set a password.",
                        chart.backupEvidence())));
  }

  // whether it can be reached

  private static Optional<Finding> ofTrial(Chart chart, Plans plans) {
    Trial.Result result = chart.storeTrial();
    StoreView store = chart.store();
    List<Evidence> evidence = new ArrayList<>(chart.storeAndCluster());
    evidence.addAll(result.evidence());
    return switch (result.outcome()) {
      case WORKS, NOT_TRIED, MATERIAL_MISSING -> Optional.empty();
      case WORKS_AFTER_ALL ->
          Optional.of(
              Findings.noted(
                  Condition.COMMUNICATION_TRANSIENT,
                  Kind.BY_API,
                  store.id(),
                  result.message(),
                  "It failed once and worked some seconds later: retry what failed. The SDKs do not"
                      + " retry KMSInvalidStateException by themselves.",
                  evidence));
      case NO_FREE_SESSION ->
          Optional.of(
              Findings.repairable(
                  Condition.SESSIONS_EXHAUSTED,
                  store.id(),
                  result.message(),
                  "Other users of the cluster, or a burst of requests, hold every PKCS #11 session.",
                  evidence,
                  plans.freeSessions(store)));
      case CANNOT_COMMUNICATE ->
          Optional.of(
              Findings.repairable(
                  Condition.COMMUNICATION_LASTING,
                  store.id(),
                  result.message(),
                  "The cluster has active HSMs, but KMS does not reach them: a firewall, or a rule"
                      + " of a security group, blocks the traffic between them.",
                  evidence,
                  plans.repairNetwork(store)));
      case FAILS ->
          Optional.of(
              Findings.noted(
                  Condition.OPERATION_FAILS,
                  Kind.BY_HANDS,
                  store.id(),
                  result.message(),
                  "The guide does not name this failure.",
                  evidence));
    };
  }
}
