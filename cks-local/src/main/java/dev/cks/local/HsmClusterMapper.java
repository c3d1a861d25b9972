package dev.cks.local;

import dev.cks.service.Caller;
import dev.cks.service.Page;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.sim.api.ClusterMode;
import dev.cks.sim.api.NetworkType;
import dev.cks.sim.api.RetentionPolicy;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudhsmv2.model.BackupRetentionPolicy;
import software.amazon.awssdk.services.cloudhsmv2.model.Certificates;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateHsmResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteHsmResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.Hsm;
import software.amazon.awssdk.services.cloudhsmv2.model.InitializeClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.InitializeClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyClusterResponse;

/** The operations on clusters and HSMs, between the SDK's shapes and the service's. */
final class HsmClusterMapper {
  private final Supplier<CloudHsmV2> api;

  HsmClusterMapper(Supplier<CloudHsmV2> api) {
    this.api = api;
  }

  private static Cluster toSdk(dev.cks.sim.api.Cluster cluster) {
    return Cluster.builder()
        .clusterId(cluster.clusterId())
        .createTimestamp(cluster.createTimestamp())
        .state(cluster.state().name())
        .stateMessage(cluster.stateMessage())
        .vpcId(cluster.vpcId())
        .subnetMapping(cluster.subnetMapping())
        .securityGroup(cluster.securityGroup())
        .hsmType(cluster.hsmType())
        .hsmTypeRollbackExpiration(cluster.hsmTypeRollbackExpiration())
        .mode(cluster.mode().name())
        .networkType(cluster.networkType().name())
        .backupPolicy(cluster.backupPolicy())
        .backupRetentionPolicy(toSdk(cluster.backupRetentionPolicy()))
        .sourceBackupId(cluster.sourceBackupId())
        .certificates(toSdk(cluster.certificates()))
        .hsms(cluster.hsms().stream().map(HsmClusterMapper::toSdk).toList())
        .tagList(HsmTagMapper.toSdk(cluster.tags()))
        .build();
  }

  private static BackupRetentionPolicy toSdk(RetentionPolicy policy) {
    return BackupRetentionPolicy.builder().type(policy.type()).value(policy.value()).build();
  }

  private static Certificates toSdk(dev.cks.sim.api.Certificates certificates) {
    return Certificates.builder()
        .clusterCsr(certificates.clusterCsr())
        .hsmCertificate(certificates.hsmCertificate())
        .awsHardwareCertificate(certificates.awsHardwareCertificate())
        .manufacturerHardwareCertificate(certificates.manufacturerHardwareCertificate())
        .clusterCertificate(certificates.clusterCertificate())
        .build();
  }

  private static Hsm toSdk(dev.cks.sim.api.Hsm hsm) {
    return Hsm.builder()
        .hsmId(hsm.hsmId())
        .clusterId(hsm.clusterId())
        .availabilityZone(hsm.availabilityZone())
        .subnetId(hsm.subnetId())
        .eniId(hsm.eniId())
        .eniIp(hsm.eniIp())
        .hsmType(hsm.hsmType())
        .state(hsm.state().name())
        .stateMessage(hsm.stateMessage())
        .build();
  }

  private static @Nullable RetentionPolicy fromSdk(@Nullable BackupRetentionPolicy policy) {
    return policy == null ? null : new RetentionPolicy(policy.typeAsString(), policy.value());
  }

  CreateClusterResponse.Builder create(CreateClusterRequest request, Caller caller) {
    String network = request.networkTypeAsString();
    String mode = request.modeAsString();
    return CreateClusterResponse.builder()
        .cluster(
            toSdk(
                api.get()
                    .createCluster(
                        new CloudHsmRequests.CreateCluster(
                            request.hsmType(),
                            request.subnetIds(),
                            request.sourceBackupId(),
                            fromSdk(request.backupRetentionPolicy()),
                            network == null ? null : NetworkType.valueOf(network),
                            mode == null ? null : ClusterMode.valueOf(mode),
                            HsmTagMapper.fromSdk(request.tagList())),
                        caller)));
  }

  CreateHsmResponse.Builder createHsm(CreateHsmRequest request, Caller caller) {
    return CreateHsmResponse.builder()
        .hsm(
            toSdk(
                api.get()
                    .createHsm(
                        new CloudHsmRequests.CreateHsm(
                            request.clusterId(), request.availabilityZone(), request.ipAddress()),
                        caller)));
  }

  DeleteClusterResponse.Builder delete(DeleteClusterRequest request, Caller caller) {
    return DeleteClusterResponse.builder()
        .cluster(toSdk(api.get().deleteCluster(request.clusterId(), caller)));
  }

  DeleteHsmResponse.Builder deleteHsm(DeleteHsmRequest request, Caller caller) {
    return DeleteHsmResponse.builder()
        .hsmId(
            api.get()
                .deleteHsm(
                    new CloudHsmRequests.DeleteHsm(
                        request.clusterId(), request.hsmId(), request.eniId(), request.eniIp()),
                    caller));
  }

  DescribeClustersResponse.Builder describe(DescribeClustersRequest request, Caller caller) {
    Page<dev.cks.sim.api.Cluster> page =
        api.get()
            .describeClusters(
                new CloudHsmRequests.DescribeClusters(
                    request.filters(), request.maxResults(), request.nextToken()),
                caller);
    return DescribeClustersResponse.builder()
        .clusters(page.items().stream().map(HsmClusterMapper::toSdk).toList())
        .nextToken(page.nextMarker());
  }

  InitializeClusterResponse.Builder initialize(InitializeClusterRequest request, Caller caller) {
    dev.cks.sim.api.Cluster cluster =
        api.get()
            .initializeCluster(
                new CloudHsmRequests.InitializeCluster(
                    request.clusterId(), request.signedCert(), request.trustAnchor()),
                caller);
    return InitializeClusterResponse.builder()
        .state(cluster.state().name())
        .stateMessage(cluster.stateMessage());
  }

  ModifyClusterResponse.Builder modify(ModifyClusterRequest request, Caller caller) {
    return ModifyClusterResponse.builder()
        .cluster(
            toSdk(
                api.get()
                    .modifyCluster(
                        new CloudHsmRequests.ModifyCluster(
                            request.clusterId(),
                            request.hsmType(),
                            fromSdk(request.backupRetentionPolicy())),
                        caller)));
  }
}
