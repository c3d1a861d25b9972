package dev.cks.sim;

import dev.cks.sim.Trail.Call;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.Certificates;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.ClusterMode;
import dev.cks.sim.api.NetworkType;
import dev.cks.sim.api.RetentionPolicy;
import dev.cks.sim.backup.BackupVault;
import dev.cks.sim.backup.StoredBackup;
import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.sim.network.Subnet;
import dev.cks.sim.pki.ClusterCertificate;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API does with whole clusters. Called under the service's lock. */
final class ClusterOperations {
  private static final Duration ROLLBACK_WINDOW = Duration.ofHours(24);
  private static final int MAX_SUBNETS = 10;

  private final SimulatedCloudHsm service;

  ClusterOperations(SimulatedCloudHsm service) {
    this.service = service;
  }

  SimulatedCluster existing(String clusterId) {
    return service
        .known(Refusal.required(clusterId, "ClusterId"))
        .orElseThrow(() -> Refusal.notFound(clusterId));
  }

  Cluster create(CloudHsmRequests.CreateCluster request, Call call) {
    String type = Refusal.required(request.hsmType(), "HsmType");
    HsmTypes.requireKnown(type);
    Map<String, String> tags = TagRules.ofNew(request.tags());
    int retention = retention(request.backupRetentionPolicy());
    StoredBackup source = source(request.sourceBackupId());
    ClusterMode mode = HsmTypes.modeFor(type, mode(request.mode(), source));
    Map<String, String> subnets = subnets(request.subnetIds());
    requireQuota();
    String id = service.ids().cluster();
    String vpc = service.network().subnet(request.subnetIds().get(0)).orElseThrow().vpcId();
    Site site =
        new Site(
            id,
            call.now(),
            vpc,
            subnets,
            Objects.requireNonNullElse(request.networkType(), NetworkType.IPV4),
            source == null ? null : source.id(),
            true,
            true);
    Family family = source == null ? unsigned(id, type, mode) : heir(source, type, mode);
    SimulatedCluster cluster =
        new SimulatedCluster(
            service,
            site,
            new Condition(ClusterState.CREATE_IN_PROGRESS, family, retention, null),
            ClusterLimits.DOCUMENTED);
    cluster.tag(tags);
    if (source != null) {
      cluster.fleet().restore(source.share());
    }
    service.register(cluster);
    ClusterState next = source == null ? ClusterState.UNINITIALIZED : ClusterState.ACTIVE;
    Cluster shown = describe(cluster);
    service.later(
        service.latencies().createCluster(),
        "creation of " + id,
        cluster,
        () -> cluster.become(cluster.condition().in(next)));
    return shown;
  }

  private static Family unsigned(String id, String type, ClusterMode mode) {
    return new Family("none:" + id, "", () -> Certificates.NONE, type, mode);
  }

  private static Family heir(StoredBackup source, String type, ClusterMode mode) {
    Family family = source.family();
    return new Family(family.lineage(), family.trustAnchor(), family.certificates(), type, mode);
  }

  private @Nullable StoredBackup source(@Nullable String backupId) {
    if (backupId == null) {
      return null;
    }
    StoredBackup backup =
        service.vault().find(backupId).orElseThrow(() -> Refusal.notFound(backupId));
    if (backup.state(service.clock().now()) != BackupState.READY) {
      throw Refusal.invalid("The backup " + backupId + " is not READY.");
    }
    return backup;
  }

  private static @Nullable ClusterMode mode(
      @Nullable ClusterMode wanted, @Nullable StoredBackup source) {
    if (source == null) {
      return wanted;
    }
    ClusterMode inherited = source.family().mode();
    if (wanted != null && wanted != inherited) {
      throw Refusal.invalid("The backup is of a cluster in mode " + inherited + ".");
    }
    return inherited;
  }

  private Map<String, String> subnets(List<String> subnetIds) {
    Refusal.required(subnetIds, "SubnetIds");
    if (subnetIds.isEmpty() || subnetIds.size() > MAX_SUBNETS) {
      throw Refusal.invalid("A cluster has 1 to 10 subnets.");
    }
    Map<String, String> byZone = new LinkedHashMap<>();
    String vpc = null;
    for (String id : subnetIds) {
      Subnet subnet =
          service
              .network()
              .subnet(id)
              .orElseThrow(() -> Refusal.invalid("The subnet " + id + " does not exist."));
      if (vpc != null && !vpc.equals(subnet.vpcId())) {
        throw Refusal.invalid("All subnets of a cluster are in one VPC.");
      }
      vpc = subnet.vpcId();
      if (byZone.put(subnet.zone(), id) != null) {
        throw Refusal.invalid("A cluster has one subnet in an Availability Zone.");
      }
    }
    return byZone;
  }

  private void requireQuota() {
    long used = service.clusters().stream().filter(other -> other.site().counted()).count();
    if (used >= service.quotas().clusters()) {
      throw Refusal.invalid(
          "The quota of "
              + service.quotas().clusters()
              + " clusters in this account and Region is reached.");
    }
  }

  private static int retention(@Nullable RetentionPolicy policy) {
    if (policy == null) {
      return BackupVault.DEFAULT_RETENTION;
    }
    if ("DAYS".equals(policy.type()) && String.valueOf(policy.value()).matches("\\d{1,3}")) {
      int days = Integer.parseInt(policy.value());
      if (days >= 7 && days <= 379) {
        return days;
      }
    }
    throw Refusal.invalid("Backups are retained for 7 to 379 DAYS.");
  }

  Cluster initialize(CloudHsmRequests.InitializeCluster request) {
    SimulatedCluster cluster = existing(request.clusterId());
    ClusterStep.INITIALIZE.admit(cluster);
    Family before = cluster.family();
    Certificates fresh = before.certificates().get();
    String csr = fresh.clusterCsr();
    if (csr == null || !cluster.fleet().hasActive()) {
      throw Refusal.invalid("The cluster " + cluster.id() + " has no active HSM.");
    }
    String signedCert = Refusal.required(request.signedCert(), "SignedCert");
    String trustAnchor = Refusal.required(request.trustAnchor(), "TrustAnchor");
    Certificates signed = ClusterIdentity.signed(fresh, signedCert);
    Family family =
        new Family(
            fingerprint(csr, signedCert, trustAnchor),
            trustAnchor,
            () -> signed,
            before.hsmType(),
            before.mode());
    cluster.become(cluster.condition().of(family).in(ClusterState.INITIALIZE_IN_PROGRESS));
    Cluster shown = describe(cluster);
    service.later(
        service.latencies().initializeCluster(),
        "initialisation of " + cluster.id(),
        cluster,
        () -> cluster.become(cluster.condition().in(ClusterState.INITIALIZED)));
    return shown;
  }

  private String fingerprint(String csr, String signedCert, String trustAnchor) {
    try {
      return ClusterCertificate.check(csr, signedCert, trustAnchor, service.clock().now())
          .fingerprint();
    } catch (ClusterCertificate.Rejected rejected) {
      throw Refusal.invalid(String.valueOf(rejected.getMessage()));
    }
  }

  Cluster modify(CloudHsmRequests.ModifyCluster request) {
    SimulatedCluster cluster = existing(request.clusterId());
    String type = request.hsmType();
    RetentionPolicy policy = request.backupRetentionPolicy();
    if (type == null && policy == null) {
      throw Refusal.invalid("HsmType or BackupRetentionPolicy is required.");
    }
    if (policy != null) {
      ClusterStep.CHANGE_RETENTION.admit(cluster);
    }
    int days = policy == null ? cluster.condition().retentionDays() : retention(policy);
    if (type != null) {
      beginTypeChange(cluster, type);
    }
    cluster.become(cluster.condition().keeping(days));
    service.vault().retention(cluster.id(), days);
    Cluster shown = describe(cluster);
    if (type != null) {
      service.later(
          service.latencies().modifyCluster(),
          "change of type of " + cluster.id(),
          cluster,
          () -> finishTypeChange(cluster, type));
    }
    return shown;
  }

  private void beginTypeChange(SimulatedCluster cluster, String type) {
    HsmTypes.requireKnown(type);
    ClusterStep.CHANGE_TYPE.admit(cluster);
    Condition condition = cluster.condition();
    if (type.equals(condition.family().hsmType())) {
      throw Refusal.invalid("The cluster's HSM type is " + type + " already.");
    }
    boolean back = type.equals(HsmTypes.FIRST);
    Instant until = condition.rollbackUntil();
    if (back && (until == null || until.isBefore(service.clock().now()))) {
      throw Refusal.invalid("The cluster's HSM type cannot be changed to " + type + ".");
    }
    cluster.become(
        condition.in(back ? ClusterState.ROLLBACK_IN_PROGRESS : ClusterState.MODIFY_IN_PROGRESS));
  }

  private void finishTypeChange(SimulatedCluster cluster, String type) {
    Instant until =
        type.equals(HsmTypes.FIRST) ? null : service.clock().now().plus(ROLLBACK_WINDOW);
    cluster.become(cluster.condition().in(ClusterState.ACTIVE).typed(type, until));
  }

  Cluster delete(String clusterId) {
    SimulatedCluster cluster = existing(clusterId);
    if (cluster.rack().size() > 0) {
      throw Refusal.invalid("The cluster " + clusterId + " has HSMs; delete them first.");
    }
    ClusterStep.DELETE.admit(cluster);
    cluster.become(cluster.condition().in(ClusterState.DELETE_IN_PROGRESS));
    Cluster shown = describe(cluster);
    service.later(
        service.latencies().deleteCluster(),
        "deletion of " + clusterId,
        cluster,
        () -> service.unregister(cluster));
    return shown;
  }

  Cluster describe(SimulatedCluster cluster) {
    Site site = cluster.site();
    Condition condition = cluster.condition();
    Family family = condition.family();
    return new Cluster(
        site.id(),
        site.created(),
        cluster.state(),
        null,
        site.vpcId(),
        site.subnets(),
        cluster.securityGroup(),
        family.hsmType(),
        condition.rollbackUntil(),
        family.mode(),
        site.networkType(),
        "DEFAULT",
        RetentionPolicy.days(condition.retentionDays()),
        site.sourceBackupId(),
        family.certificates().get(),
        cluster.hsms(),
        TagRules.shown(cluster.tags()));
  }
}
