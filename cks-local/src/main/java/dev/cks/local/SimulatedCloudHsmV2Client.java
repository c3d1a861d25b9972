package dev.cks.local;

import dev.cks.service.Caller;
import dev.cks.sim.api.CloudHsmV2;
import java.util.function.Supplier;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2ServiceClientConfiguration;
import software.amazon.awssdk.services.cloudhsmv2.model.CopyBackupToRegionRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CopyBackupToRegionResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.CreateHsmResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteBackupRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteBackupResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteHsmRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteHsmResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DeleteResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeBackupsResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.InitializeClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.InitializeClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.ListTagsRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ListTagsResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyBackupAttributesRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyBackupAttributesResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyClusterRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.ModifyClusterResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.PutResourcePolicyRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.PutResourcePolicyResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.RestoreBackupRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.RestoreBackupResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudhsmv2.model.UntagResourceResponse;

/**
 * AWS CloudHSM v2 as code knows it: the AWS SDK's {@code CloudHsmV2Client}, answered by a simulated
 * service in the same process. It throws what the SDK's own client throws; it neither signs nor
 * retries. Thread-safe, cheap to make, and without anything to close.
 */
final class SimulatedCloudHsmV2Client implements CloudHsmV2Client {
  private final String region;
  private final CloudHsmExchange exchange;
  private final HsmClusterMapper clusters;
  private final HsmBackupMapper backups;
  private final HsmTagMapper tags;

  /**
   * A client.
   *
   * @param api asked once for each call
   * @param callers asked once for each call; each caller carries a request id of its own
   */
  SimulatedCloudHsmV2Client(Supplier<CloudHsmV2> api, Supplier<Caller> callers, String region) {
    this.region = region;
    this.exchange = new CloudHsmExchange(callers);
    this.clusters = new HsmClusterMapper(api);
    this.backups = new HsmBackupMapper(api);
    this.tags = new HsmTagMapper(api);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The Region, and nothing else that could be configured: there is no transport. */
  @Override
  public CloudHsmV2ServiceClientConfiguration serviceClientConfiguration() {
    return CloudHsmV2ServiceClientConfiguration.builder()
        .region(Region.of(region))
        .overrideConfiguration(ClientOverrideConfiguration.builder().build())
        .build();
  }

  /** Does nothing: the service belongs to whoever made it. */
  @Override
  public void close() {}

  @Override
  public CopyBackupToRegionResponse copyBackupToRegion(CopyBackupToRegionRequest request) {
    return exchange.answer(request, backups::copy).build();
  }

  @Override
  public CreateClusterResponse createCluster(CreateClusterRequest request) {
    return exchange.answer(request, clusters::create).build();
  }

  @Override
  public CreateHsmResponse createHsm(CreateHsmRequest request) {
    return exchange.answer(request, clusters::createHsm).build();
  }

  @Override
  public DeleteBackupResponse deleteBackup(DeleteBackupRequest request) {
    return exchange.answer(request, backups::delete).build();
  }

  @Override
  public DeleteClusterResponse deleteCluster(DeleteClusterRequest request) {
    return exchange.answer(request, clusters::delete).build();
  }

  @Override
  public DeleteHsmResponse deleteHsm(DeleteHsmRequest request) {
    return exchange.answer(request, clusters::deleteHsm).build();
  }

  @Override
  public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyRequest request) {
    return exchange.answer(request, backups::deletePolicy).build();
  }

  @Override
  public DescribeBackupsResponse describeBackups(DescribeBackupsRequest request) {
    return exchange.answer(request, backups::describe).build();
  }

  @Override
  public DescribeClustersResponse describeClusters(DescribeClustersRequest request) {
    return exchange.answer(request, clusters::describe).build();
  }

  @Override
  public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
    return exchange.answer(request, backups::policy).build();
  }

  @Override
  public InitializeClusterResponse initializeCluster(InitializeClusterRequest request) {
    return exchange.answer(request, clusters::initialize).build();
  }

  @Override
  public ListTagsResponse listTags(ListTagsRequest request) {
    return exchange.answer(request, tags::list).build();
  }

  @Override
  public ModifyBackupAttributesResponse modifyBackupAttributes(
      ModifyBackupAttributesRequest request) {
    return exchange.answer(request, backups::modify).build();
  }

  @Override
  public ModifyClusterResponse modifyCluster(ModifyClusterRequest request) {
    return exchange.answer(request, clusters::modify).build();
  }

  @Override
  public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyRequest request) {
    return exchange.answer(request, backups::putPolicy).build();
  }

  @Override
  public RestoreBackupResponse restoreBackup(RestoreBackupRequest request) {
    return exchange.answer(request, backups::restore).build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    return exchange.answer(request, tags::tag).build();
  }

  @Override
  public UntagResourceResponse untagResource(UntagResourceRequest request) {
    return exchange.answer(request, tags::untag).build();
  }
}
