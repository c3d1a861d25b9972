package dev.cks.local;

import dev.cks.service.Caller;
import dev.cks.service.Page;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import java.util.function.Supplier;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.cloudhsmv2.model.CopyBackupToRegionRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CopyBackupToRegionResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteBackupRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteBackupResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DestinationBackup;
import software.amazon.awssdk.services.cloudhsmv2.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyBackupAttributesRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyBackupAttributesResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.RestoreBackupRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.RestoreBackupResponse;

/** The operations on backups, between the SDK's shapes and the service's. */
final class HsmBackupMapper {
  private final Supplier<CloudHsmV2> api;

  HsmBackupMapper(Supplier<CloudHsmV2> api) {
    this.api = api;
  }

  private static Backup toSdk(dev.cks.sim.api.Backup backup) {
    return Backup.builder()
        .backupId(backup.backupId())
        .backupArn(backup.backupArn())
        .backupState(backup.backupState().name())
        .clusterId(backup.clusterId())
        .createTimestamp(backup.createTimestamp())
        .copyTimestamp(backup.copyTimestamp())
        .neverExpires(backup.neverExpires())
        .sourceRegion(backup.sourceRegion())
        .sourceBackup(backup.sourceBackup())
        .sourceCluster(backup.sourceCluster())
        .deleteTimestamp(backup.deleteTimestamp())
        .tagList(HsmTagMapper.toSdk(backup.tags()))
        .hsmType(backup.hsmType())
        .mode(backup.mode().name())
        .build();
  }

  DescribeBackupsResponse.Builder describe(DescribeBackupsRequest request, Caller caller) {
    Page<dev.cks.sim.api.Backup> page =
        api.get()
            .describeBackups(
                new CloudHsmRequests.DescribeBackups(
                    request.filters(),
                    request.maxResults(),
                    request.nextToken(),
                    request.shared(),
                    request.sortAscending()),
                caller);
    return DescribeBackupsResponse.builder()
        .backups(page.items().stream().map(HsmBackupMapper::toSdk).toList())
        .nextToken(page.nextMarker());
  }

  CopyBackupToRegionResponse.Builder copy(CopyBackupToRegionRequest request, Caller caller) {
    dev.cks.sim.api.DestinationBackup copy =
        api.get()
            .copyBackupToRegion(
                new CloudHsmRequests.CopyBackupToRegion(
                    request.destinationRegion(),
                    request.backupId(),
                    HsmTagMapper.fromSdk(request.tagList())),
                caller);
    return CopyBackupToRegionResponse.builder()
        .destinationBackup(
            DestinationBackup.builder()
                .createTimestamp(copy.createTimestamp())
                .sourceRegion(copy.sourceRegion())
                .sourceBackup(copy.sourceBackup())
                .sourceCluster(copy.sourceCluster())
                .build());
  }

  DeleteBackupResponse.Builder delete(DeleteBackupRequest request, Caller caller) {
    return DeleteBackupResponse.builder()
        .backup(toSdk(api.get().deleteBackup(request.backupId(), caller)));
  }

  RestoreBackupResponse.Builder restore(RestoreBackupRequest request, Caller caller) {
    return RestoreBackupResponse.builder()
        .backup(toSdk(api.get().restoreBackup(request.backupId(), caller)));
  }

  ModifyBackupAttributesResponse.Builder modify(
      ModifyBackupAttributesRequest request, Caller caller) {
    return ModifyBackupAttributesResponse.builder()
        .backup(
            toSdk(
                api.get()
                    .modifyBackupAttributes(
                        new CloudHsmRequests.ModifyBackupAttributes(
                            request.backupId(), request.neverExpires()),
                        caller)));
  }

  GetResourcePolicyResponse.Builder policy(GetResourcePolicyRequest request, Caller caller) {
    return GetResourcePolicyResponse.builder()
        .policy(api.get().getResourcePolicy(request.resourceArn(), caller).policy());
  }

  PutResourcePolicyResponse.Builder putPolicy(PutResourcePolicyRequest request, Caller caller) {
    var put =
        api.get()
            .putResourcePolicy(
                new CloudHsmRequests.PutResourcePolicy(request.resourceArn(), request.policy()),
                caller);
    return PutResourcePolicyResponse.builder().resourceArn(put.resourceArn()).policy(put.policy());
  }

  DeleteResourcePolicyResponse.Builder deletePolicy(
      DeleteResourcePolicyRequest request, Caller caller) {
    var had = api.get().deleteResourcePolicy(request.resourceArn(), caller);
    return DeleteResourcePolicyResponse.builder()
        .resourceArn(had.resourceArn())
        .policy(had.policy());
  }
}
