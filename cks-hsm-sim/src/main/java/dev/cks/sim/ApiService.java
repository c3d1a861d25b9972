package dev.cks.sim;

import dev.cks.service.Caller;
import dev.cks.service.Page;
import dev.cks.sim.Trail.Call;
import dev.cks.sim.api.Backup;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.DestinationBackup;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.api.ResourcePolicy;
import dev.cks.sim.api.Tag;
import dev.cks.sim.backup.StoredBackup;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The 18 operations: each moves time on, takes the service's lock and leaves one event. */
final class ApiService implements CloudHsmV2 {
  private final SimulatedCloudHsm service;
  private final Trail trail;
  private final ClusterOperations clusters;
  private final HsmOperations hsms;
  private final BackupOperations backups;
  private final DescribeOperations lists;

  ApiService(SimulatedCloudHsm service, Trail trail) {
    this.service = service;
    this.trail = trail;
    this.clusters = new ClusterOperations(service);
    this.hsms = new HsmOperations(service, clusters);
    this.backups = new BackupOperations(service);
    this.lists = new DescribeOperations(service, clusters);
  }

  private <R> R change(String operation, Caller caller, Function<Call, R> work) {
    return perform(operation, false, caller, work);
  }

  private <R> R read(String operation, Caller caller, Function<Call, R> work) {
    return perform(operation, true, caller, work);
  }

  /** The clock moves before the lock is taken: due work takes it too. */
  private <R> R perform(String operation, boolean readOnly, Caller caller, Function<Call, R> work) {
    return trail.perform(
        operation,
        readOnly,
        caller,
        call -> {
          synchronized (service.lock()) {
            return work.apply(call);
          }
        });
  }

  private String arn(String kind, String id) {
    return "arn:"
        + service.scope().partition()
        + ":cloudhsm:"
        + service.scope().region()
        + ":"
        + service.scope().accountId()
        + ":"
        + kind
        + "/"
        + id;
  }

  @Override
  public Cluster createCluster(CloudHsmRequests.CreateCluster request, Caller caller) {
    return change(
        "CreateCluster",
        caller,
        call -> {
          call.requested("hsmType", request.hsmType())
              .requested("subnetIds", request.subnetIds())
              .requested("sourceBackupId", request.sourceBackupId());
          return answered(call, clusters.create(request, call));
        });
  }

  private Cluster answered(Call call, Cluster cluster) {
    call.concerning(arn("cluster", cluster.clusterId()))
        .answered(
            "cluster", Map.of("clusterId", cluster.clusterId(), "state", cluster.state().name()));
    return cluster;
  }

  @Override
  public Hsm createHsm(CloudHsmRequests.CreateHsm request, Caller caller) {
    return change(
        "CreateHsm",
        caller,
        call -> {
          call.requested("clusterId", request.clusterId())
              .requested("availabilityZone", request.availabilityZone())
              .requested("ipAddress", request.ipAddress());
          Hsm hsm = hsms.create(request);
          call.concerning(arn("hsm", hsm.hsmId()))
              .answered("hsm", Map.of("hsmId", hsm.hsmId(), "state", hsm.state().name()));
          return hsm;
        });
  }

  @Override
  public Cluster initializeCluster(CloudHsmRequests.InitializeCluster request, Caller caller) {
    return change(
        "InitializeCluster",
        caller,
        call -> {
          call.requested("clusterId", request.clusterId());
          return answered(call, clusters.initialize(request));
        });
  }

  @Override
  public Cluster modifyCluster(CloudHsmRequests.ModifyCluster request, Caller caller) {
    return change(
        "ModifyCluster",
        caller,
        call -> {
          call.requested("clusterId", request.clusterId()).requested("hsmType", request.hsmType());
          return answered(call, clusters.modify(request));
        });
  }

  @Override
  public Cluster deleteCluster(String clusterId, Caller caller) {
    return change(
        "DeleteCluster",
        caller,
        call -> {
          call.requested("clusterId", clusterId);
          return answered(call, clusters.delete(clusterId));
        });
  }

  @Override
  public String deleteHsm(CloudHsmRequests.DeleteHsm request, Caller caller) {
    return change(
        "DeleteHsm",
        caller,
        call -> {
          call.requested("clusterId", request.clusterId())
              .requested("hsmId", request.hsmId())
              .requested("eniId", request.eniId())
              .requested("eniIp", request.eniIp());
          String id = hsms.delete(request);
          call.concerning(arn("hsm", id)).answered("hsmId", id);
          return id;
        });
  }

  @Override
  public Page<Cluster> describeClusters(CloudHsmRequests.DescribeClusters request, Caller caller) {
    return read(
        "DescribeClusters",
        caller,
        call -> {
          call.requested("filters", request.filters());
          return lists.clusters(request);
        });
  }

  @Override
  public Page<Backup> describeBackups(CloudHsmRequests.DescribeBackups request, Caller caller) {
    return read(
        "DescribeBackups",
        caller,
        call -> {
          call.requested("filters", request.filters());
          return lists.backups(request);
        });
  }

  @Override
  public DestinationBackup copyBackupToRegion(
      CloudHsmRequests.CopyBackupToRegion request, Caller caller) {
    return change(
        "CopyBackupToRegion",
        caller,
        call -> {
          call.requested("backupId", request.backupId())
              .requested("destinationRegion", request.destinationRegion());
          DestinationBackup copy = backups.copy(request);
          call.concerning(arn("backup", request.backupId()));
          return copy;
        });
  }

  private Backup onBackup(
      String operation, String backupId, Caller caller, Consumer<Call> more, Work work) {
    return change(
        operation,
        caller,
        call -> {
          more.accept(call.requested("backupId", backupId));
          Backup backup = work.run();
          call.concerning(backup.backupArn())
              .answered(
                  "backup",
                  Map.of("backupId", backupId, "backupState", backup.backupState().name()));
          return backup;
        });
  }

  private interface Work {
    Backup run();
  }

  @Override
  public Backup deleteBackup(String backupId, Caller caller) {
    return onBackup("DeleteBackup", backupId, caller, call -> {}, () -> backups.delete(backupId));
  }

  @Override
  public Backup restoreBackup(String backupId, Caller caller) {
    return onBackup("RestoreBackup", backupId, caller, call -> {}, () -> backups.restore(backupId));
  }

  @Override
  public Backup modifyBackupAttributes(
      CloudHsmRequests.ModifyBackupAttributes request, Caller caller) {
    return onBackup(
        "ModifyBackupAttributes",
        request.backupId(),
        caller,
        call -> call.requested("neverExpires", request.neverExpires()),
        () -> backups.modify(request));
  }

  @Override
  public Page<Tag> listTags(CloudHsmRequests.ListTags request, Caller caller) {
    return read(
        "ListTags",
        caller,
        call -> {
          call.requested("resourceId", request.resourceId());
          return lists.tags(TagRules.shown(tagsOf(request.resourceId())), request);
        });
  }

  @Override
  public void tagResource(CloudHsmRequests.TagResource request, Caller caller) {
    change(
        "TagResource",
        caller,
        call -> {
          call.requested("resourceId", request.resourceId());
          List<Tag> tags = Refusal.required(request.tags(), "TagList");
          return tag(request.resourceId(), present -> TagRules.added(present, tags));
        });
  }

  @Override
  public void untagResource(CloudHsmRequests.UntagResource request, Caller caller) {
    change(
        "UntagResource",
        caller,
        call -> {
          call.requested("resourceId", request.resourceId())
              .requested("tagKeyList", request.tagKeys());
          List<String> keys = Refusal.required(request.tagKeys(), "TagKeyList");
          return tag(request.resourceId(), present -> TagRules.removed(present, keys));
        });
  }

  private static boolean isBackup(String resourceId) {
    return Refusal.required(resourceId, "ResourceId").startsWith("backup-");
  }

  private Map<String, String> tagsOf(String resourceId) {
    return isBackup(resourceId)
        ? backups.taggable(resourceId).tags()
        : clusters.existing(resourceId).tags();
  }

  private boolean tag(String resourceId, UnaryOperator<Map<String, String>> change) {
    Map<String, String> changed = change.apply(tagsOf(resourceId));
    if (isBackup(resourceId)) {
      StoredBackup backup = backups.taggable(resourceId);
      service.vault().change(backup, present -> present.withTags(changed));
    } else {
      clusters.existing(resourceId).tag(changed);
    }
    return true;
  }

  @Override
  public ResourcePolicy getResourcePolicy(String resourceArn, Caller caller) {
    return read(
        "GetResourcePolicy", caller, call -> backups.policy(requestedArn(call, resourceArn)));
  }

  @Override
  public ResourcePolicy putResourcePolicy(
      CloudHsmRequests.PutResourcePolicy request, Caller caller) {
    return change(
        "PutResourcePolicy",
        caller,
        call -> {
          requestedArn(call.requested("policy", request.policy()), request.resourceArn());
          return backups.putPolicy(request);
        });
  }

  @Override
  public ResourcePolicy deleteResourcePolicy(String resourceArn, Caller caller) {
    return change(
        "DeleteResourcePolicy",
        caller,
        call -> backups.deletePolicy(requestedArn(call, resourceArn)));
  }

  private static String requestedArn(Call call, String resourceArn) {
    call.requested("resourceArn", resourceArn);
    return resourceArn;
  }
}
