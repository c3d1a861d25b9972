package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.KmsConfig;
import dev.cks.domain.key.AccountRegion;
import dev.cks.service.Caller;
import dev.cks.sim.api.Backup;
import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmException;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An account with a VPC of three subnets, and who calls the API in it. */
final class Account {
  static final Caller CALLER = Caller.root(KmsConfig.EXAMPLE_SCOPE, "req-1");
  static final String A = "us-east-1a";
  static final String B = "us-east-1b";
  static final String C = "us-east-1c";

  final SimulatedCloudHsm service;
  final CloudHsmV2 api;
  final String vpc;
  final List<String> subnets;
  final CertificateAuthority owner;

  Account() {
    this(plan -> plan);
  }

  Account(UnaryOperator<SimulatedCloudHsm.Builder> change) {
    this(new VirtualClock(), change);
  }

  Account(VirtualClock clock, UnaryOperator<SimulatedCloudHsm.Builder> change) {
    service = change.apply(SimulatedCloudHsm.builder(clock, Seed.of(7))).build();
    api = service.api();
    vpc = service.network().createVpc("10.1.0.0/16");
    subnets =
        List.of(
            service.network().createSubnet(vpc, A, "10.1.0.0/24"),
            service.network().createSubnet(vpc, B, "10.1.1.0/24"),
            service.network().createSubnet(vpc, C, "10.1.2.0/28"));
    owner = CertificateAuthority.create(service.seed(), "CN=Example Corp CA");
  }

  static AccountRegion region(String region) {
    return new AccountRegion("aws", region, "111122223333");
  }

  void pass(Duration time) {
    service.clock().advance(time);
  }

  void wait20Minutes() {
    pass(Duration.ofMinutes(20));
  }

  Cluster describe(String clusterId) {
    List<Cluster> found =
        api.describeClusters(
                new CloudHsmRequests.DescribeClusters(
                    Map.of("clusterIds", List.of(clusterId)), null, null),
                CALLER)
            .items();
    return found.get(0);
  }

  List<Backup> backups(String clusterId) {
    return api.describeBackups(CloudHsmRequests.DescribeBackups.of(clusterId), CALLER).items();
  }

  /** A new cluster, as it is once it is UNINITIALIZED. */
  String cluster() {
    String id = api.createCluster(CloudHsmRequests.CreateCluster.in(subnets), CALLER).clusterId();
    wait20Minutes();
    return id;
  }

  String restored(String backupId) {
    String id =
        api.createCluster(CloudHsmRequests.CreateCluster.in(subnets).from(backupId), CALLER)
            .clusterId();
    wait20Minutes();
    return id;
  }

  Hsm hsm(String clusterId, String zone) {
    Hsm hsm = api.createHsm(new CloudHsmRequests.CreateHsm(clusterId, zone, null), CALLER);
    wait20Minutes();
    return hsm;
  }

  void deleteHsm(String clusterId, String hsmId) {
    api.deleteHsm(new CloudHsmRequests.DeleteHsm(clusterId, hsmId, null, null), CALLER);
    wait20Minutes();
  }

  void initialize(String clusterId) {
    api.initializeCluster(
        new CloudHsmRequests.InitializeCluster(
            clusterId,
            owner.sign(describe(clusterId).certificates().clusterCsr()),
            owner.certificate()),
        CALLER);
    wait20Minutes();
  }

  /** An active cluster with one HSM, all through the API. */
  SimulatedCluster active() {
    String id = cluster();
    hsm(id, A);
    initialize(id);
    SimulatedCluster cluster = service.cluster(id);
    cluster.activate("adminPswd01");
    wait20Minutes();
    return cluster;
  }

  /** Everything that anybody can see of the account. */
  List<Object> everything() {
    return List.of(
        api.describeClusters(CloudHsmRequests.DescribeClusters.ALL, CALLER),
        api.describeBackups(CloudHsmRequests.DescribeBackups.ALL, CALLER),
        service.network().interfaces(),
        service.network().securityGroups(),
        subnets.stream().map(service.network()::subnet).toList());
  }

  /** The call is refused with this code and changes nothing. */
  void assertRefused(CloudHsmErrorCode code, ThrowingCallable call) {
    List<Object> before = everything();
    assertThatExceptionOfType(CloudHsmException.class)
        .isThrownBy(call)
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).isNotBlank();
            });
    assertThat(everything()).isEqualTo(before);
  }
}
