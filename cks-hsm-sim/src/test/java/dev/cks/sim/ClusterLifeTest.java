package dev.cks.sim;

import static dev.cks.sim.Account.A;
import static dev.cks.sim.Account.B;
import static dev.cks.sim.Account.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.Certificates;
import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.network.NetworkInterface;
import dev.cks.sim.network.SecurityGroup;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.HsmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clusters made through the API, from nothing to nothing. */
final class ClusterLifeTest {
  private final Account account = new Account();

  @Test
  void cluster_freshLife_takesEveryStateInTurn() {
    Cluster created =
        account.api.createCluster(CloudHsmRequests.CreateCluster.in(account.subnets), CALLER);
    String id = created.clusterId();
    assertThat(created.state()).isEqualTo(ClusterState.CREATE_IN_PROGRESS);
    assertThat(created.hsms()).isEmpty();
    account.wait20Minutes();
    assertThat(account.describe(id).state()).isEqualTo(ClusterState.UNINITIALIZED);
    assertThat(account.describe(id).certificates()).isEqualTo(Certificates.NONE);

    Hsm hsm = account.api.createHsm(new CloudHsmRequests.CreateHsm(id, A, null), CALLER);
    assertThat(hsm.state()).isEqualTo(HsmState.CREATE_IN_PROGRESS);
    account.wait20Minutes();
    assertThat(account.describe(id).hsms()).extracting(Hsm::state).containsOnly(HsmState.ACTIVE);
    assertThat(account.describe(id).certificates().clusterCsr()).contains("CERTIFICATE REQUEST");

    account.api.initializeCluster(
        new CloudHsmRequests.InitializeCluster(
            id,
            account.owner.sign(account.describe(id).certificates().clusterCsr()),
            account.owner.certificate()),
        CALLER);
    assertThat(account.describe(id).state()).isEqualTo(ClusterState.INITIALIZE_IN_PROGRESS);
    account.wait20Minutes();
    assertThat(account.describe(id).state()).isEqualTo(ClusterState.INITIALIZED);

    account.service.cluster(id).activate("adminPswd01");
    assertThat(account.service.cluster(id).facts().state()).isEqualTo(ClusterState.ACTIVE);
    account.wait20Minutes();
    assertThat(account.backups(id))
        .singleElement()
        .satisfies(backup -> assertThat(backup.backupState()).isEqualTo(BackupState.READY));

    account.deleteHsm(id, hsm.hsmId());
    assertThat(account.describe(id).hsms()).isEmpty();
    assertThat(account.api.deleteCluster(id, CALLER).state())
        .isEqualTo(ClusterState.DELETE_IN_PROGRESS);
    account.wait20Minutes();
    assertThat(account.describe(id).state()).isEqualTo(ClusterState.DELETED);
    assertThat(account.service.find(id)).isEmpty();
    assertThat(account.backups(id)).hasSize(2);
    assertThat(account.service.network().interfaces()).isEmpty();
    assertThat(account.service.network().securityGroups()).isEmpty();
  }

  @Test
  void createHsm_newHsm_holdsAnAddressOfItsSubnetInTheClustersGroup() {
    String id = account.cluster();

    Hsm hsm = account.hsm(id, B);

    assertThat(hsm.hsmId()).matches("hsm-[2-7a-zA-Z]{11,16}");
    assertThat(hsm.eniId()).matches("eni-[0-9a-f]{17}");
    assertThat(hsm.eniIp()).isEqualTo("10.1.1.4");
    assertThat(hsm.subnetId()).isEqualTo(account.subnets.get(1));
    SecurityGroup group = account.service.network().securityGroups().get(0);
    assertThat(group.name()).isEqualTo("cloudhsm-cluster-" + id + "-sg");
    assertThat(group.id()).isEqualTo(account.describe(id).securityGroup());
    assertThat(account.service.network().interfaces())
        .extracting(NetworkInterface::groups)
        .containsExactly(List.of(group.id()));
  }

  @Test
  void createHsm_onActiveCluster_showsUpdateInProgressAndCopiesUsersAndKeys() {
    SimulatedCluster cluster = account.active();
    cluster.createUser("alice", "alicePswd01", Role.CRYPTO_USER);

    account.api.createHsm(new CloudHsmRequests.CreateHsm(cluster.id(), B, null), CALLER);
    assertThat(cluster.facts().state()).isEqualTo(ClusterState.UPDATE_IN_PROGRESS);
    account.wait20Minutes();

    assertThat(cluster.facts().state()).isEqualTo(ClusterState.ACTIVE);
    assertThat(cluster.users(B)).extracting(UserView::name).contains("admin", "alice");
    assertThat(account.backups(cluster.id())).hasSize(2);
  }

  @Test
  void lineage_initialisedCluster_isTheFingerprintOfItsCertificate() {
    SimulatedCluster cluster = account.active();

    assertThat(cluster.facts().lineage()).matches("sha256:[0-9a-f]{64}");
    assertThat(cluster.facts().trustAnchor()).isEqualTo(account.owner.certificate());
    assertThat(account.describe(cluster.id()).certificates().clusterCsr()).isNull();
  }

  @Test
  void initializeCluster_wrongCertificate_isRefused() {
    String id = account.cluster();
    account.hsm(id, A);
    String other = account.cluster();
    account.hsm(other, A);
    String csr = account.describe(id).certificates().clusterCsr();
    String good = account.owner.sign(csr);
    String anchor = account.owner.certificate();
    CertificateAuthority stranger =
        CertificateAuthority.create(account.service.seed(), "CN=Example Corp CA 2");
    Instant now = account.service.clock().now();
    Duration year = Duration.ofDays(365);

    refusedToInitialize(id, "no certificate", anchor);
    refusedToInitialize(id, good.replace("CERTIFICATE", "X509 CRL"), anchor);
    refusedToInitialize(id, good.substring(0, 200), anchor);
    refusedToInitialize(id, csr, anchor);
    refusedToInitialize(id, good, good);
    refusedToInitialize(id, good, "");
    refusedToInitialize(id, stranger.sign(csr), anchor);
    refusedToInitialize(id, good, stranger.certificate());
    refusedToInitialize(
        id, account.owner.sign(account.describe(other).certificates().clusterCsr()), anchor);
    refusedToInitialize(id, account.owner.sign(csr, now.minus(year), now.minusSeconds(60)), anchor);
    refusedToInitialize(id, account.owner.sign(csr, now.plusSeconds(60), now.plus(year)), anchor);
    refusedToInitialize(id, null, anchor);

    account.initialize(id);
    assertThat(account.describe(id).state()).isEqualTo(ClusterState.INITIALIZED);
    refusedToInitialize(id, good, anchor);
  }

  private void refusedToInitialize(String id, String signedCert, String anchor) {
    account.assertRefused(
        CloudHsmErrorCode.INVALID_REQUEST,
        () ->
            account.api.initializeCluster(
                new CloudHsmRequests.InitializeCluster(id, signedCert, anchor), CALLER));
  }

  @Test
  void initializeCluster_withoutHsm_isRefused() {
    refusedToInitialize(account.cluster(), "x", "y");
  }

  @Test
  void activate_notInitialised_isRefused() {
    String id = account.cluster();

    assertThatThrownBy(() -> account.service.cluster(id).activate("adminPswd01"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void modifyCluster_otherType_canBeTakenBackForADay() {
    SimulatedCluster cluster = account.active();
    String id = cluster.id();

    assertThat(changeType(id, "hsm2m.medium").state()).isEqualTo(ClusterState.MODIFY_IN_PROGRESS);
    account.wait20Minutes();
    assertThat(account.describe(id).hsms()).extracting(Hsm::hsmType).containsOnly("hsm2m.medium");
    assertThat(account.describe(id).hsmTypeRollbackExpiration()).isNotNull();

    assertThat(changeType(id, "hsm1.medium").state()).isEqualTo(ClusterState.ROLLBACK_IN_PROGRESS);
    account.wait20Minutes();
    assertThat(account.describe(id).hsmType()).isEqualTo("hsm1.medium");

    changeType(id, "hsm2m.medium");
    account.pass(Duration.ofHours(25));
    account.assertRefused(CloudHsmErrorCode.INVALID_REQUEST, () -> changeType(id, "hsm1.medium"));
  }

  private Cluster changeType(String id, String type) {
    return account.api.modifyCluster(new CloudHsmRequests.ModifyCluster(id, type, null), CALLER);
  }

  @Test
  void latencies_none_everythingIsDoneWhenTheCallReturns() {
    Account quick = new Account(plan -> plan.latencies(Latencies.none()));
    String id =
        quick
            .api
            .createCluster(CloudHsmRequests.CreateCluster.in(quick.subnets), CALLER)
            .clusterId();
    quick.api.createHsm(new CloudHsmRequests.CreateHsm(id, A, null), CALLER);

    assertThat(quick.describe(id).hsms()).extracting(Hsm::state).containsOnly(HsmState.ACTIVE);
    assertThat(quick.describe(id).certificates().clusterCsr()).isNotNull();
  }

  @Test
  void readyMadeCluster_described_hasCertificatesOfTheSimulatedCustomer() {
    SimulatedCluster ready = account.service.cluster().create();

    Certificates certificates = account.describe(ready.id()).certificates();

    assertThat(certificates.clusterCertificate()).contains("BEGIN CERTIFICATE");
    assertThat(
            CertificateAuthority.simulatedCustomer(account.service.seed().stream("x"))
                .certificate())
        .isEqualTo(ready.facts().trustAnchor());
    assertThat(ready.hsms()).extracting(Hsm::eniIp).doesNotContainNull();
  }

  @Test
  void readyMadeCluster_withoutHsms_bringsItsUsersToTheFirst() {
    SimulatedCluster empty = account.service.cluster().nodes(0).create();

    empty.addHsm(A);

    assertThat(empty.users(A))
        .extracting(UserView::name)
        .containsExactly("admin", "app_user", "kmsuser");
    empty.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
  }

  @Test
  void addHsm_twentyNinth_isRefused() {
    SimulatedCluster full = account.service.cluster().nodes(28).create();

    assertThatThrownBy(() -> full.addHsm(A)).isInstanceOf(IllegalArgumentException.class);
    assertThat(full.facts().hsms()).hasSize(28);
  }

  @Test
  void sameSeed_sameLife_sameDescription() {
    Account again = new Account();
    account.active();
    again.active();

    assertThat(again.everything()).isEqualTo(account.everything());
  }
}
