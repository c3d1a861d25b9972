package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static dev.cks.sim.SimulatedCluster.KMSUSER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.user.Role;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmSession;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What KMS asks of a cluster, row by row of the published requirements (spec A.3, R1 to R12). */
class ClusterRequirementsTest {
  private static final String NOT_FOUND = "CloudHsmClusterNotFoundException";
  private static final String NOT_ACTIVE = "CloudHsmClusterNotActiveException";
  private static final String CONFIGURATION = "CloudHsmClusterInvalidConfigurationException";
  private static final String INVALID_STATE = "KMSInvalidStateException";
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

  private static SimulatedCluster cluster(Account account, UnaryOperator<ClusterBuilder> plan) {
    return plan.apply(account.aws.cloudHsm().cluster()).create();
  }

  private static SimulatedCluster relative(Account account, UnaryOperator<ClusterBuilder> plan) {
    return cluster(account, c -> plan.apply(c.relatedTo(account.cluster)));
  }

  private static void create(Account account, SimulatedCluster cluster) {
    Account.create(account.kms, "Another", cluster, Account.PASSWORD);
  }

  private static void moveTo(Account account, String clusterId) {
    account.kms.updateCustomKeyStore(
        r -> r.customKeyStoreId(account.store).cloudHsmClusterId(clusterId));
  }

  private static void random(Account account) {
    account.kms.generateRandom(r -> r.numberOfBytes(8).customKeyStoreId(account.store));
  }

  private static void connectFails(Account account, String code) {
    account.connect();
    assertThat(account.connection()).hasToString("FAILED");
    assertThat(account.errorCode()).hasToString(code);
  }

  private static void connectIsRefused(InterposedAccount account, String code) {
    assertRefused(code, account::connect).isNotBlank();
    assertThat(account.connection()).hasToString("DISCONNECTED");
  }

  private static ClusterFacts with(
      ClusterFacts facts, ClusterState state, List<ClusterFacts.Subnet> subnets) {
    return new ClusterFacts(
        facts.id(), state, facts.lineage(), facts.trustAnchor(), facts.hsms(), subnets);
  }

  @Test
  void r1_createAndUpdate_onClusterThatIsNotThere_areRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster gone = cluster(account, c -> c);
      account.aws.cloudHsm().deleteCluster(gone.id());

      assertRefused(NOT_FOUND, () -> create(account, gone)).contains(gone.id());
      assertRefused(NOT_FOUND, () -> moveTo(account, gone.id())).contains(gone.id());
    }
  }

  @Test
  void r1_connect_toClusterThatIsNotThere_fails() {
    try (Account account = Account.disconnected()) {
      account.aws.cloudHsm().deleteCluster(account.cluster.id());
      connectFails(account, "CLUSTER_NOT_FOUND");
    }
  }

  @Test
  void r1_use_ofKeyWhoseClusterIsGone_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      account.aws.cloudHsm().deleteCluster(account.cluster.id());

      assertRefused(INVALID_STATE, () -> account.encrypt(key, "x")).isNotBlank();
      assertRefused(INVALID_STATE, () -> random(account)).isNotBlank();
    }
  }

  @Test
  void r2_createAndUpdate_onClusterThatIsNotActive_areRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster fresh = cluster(account, c -> c.state(ClusterState.INITIALIZED));
      SimulatedCluster related = relative(account, c -> c.state(ClusterState.INITIALIZED));

      assertRefused(NOT_ACTIVE, () -> create(account, fresh)).contains(fresh.id());
      assertRefused(NOT_ACTIVE, () -> moveTo(account, related.id())).contains(related.id());
    }
  }

  @Test
  void r2_connect_toClusterThatIsNotActive_isRefusedAtOnce() {
    try (InterposedAccount account = new InterposedAccount()) {
      account.interposed.said = facts -> with(facts, ClusterState.DEGRADED, facts.subnets());
      connectIsRefused(account, NOT_ACTIVE);
    }
  }

  @Test
  void r2_createKeyAndUse_doNotAskForTheClustersState() {
    try (InterposedAccount account = InterposedAccount.connected()) {
      account.interposed.said = facts -> with(facts, ClusterState.DEGRADED, facts.subnets());
      assertThat(account.encrypt(account.customKey()).asByteArray()).isNotEmpty();
    }
  }

  @Test
  void r3_createAndUpdate_withSubnetsInOneZone_areRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster one = cluster(account, c -> c.zones("us-east-1a").nodes(2));
      SimulatedCluster related = relative(account, c -> c.zones("us-east-1a").nodes(2));

      assertRefused(CONFIGURATION, () -> create(account, one)).contains("private subnets");
      assertRefused(CONFIGURATION, () -> moveTo(account, related.id())).contains("private subnets");
    }
  }

  @Test
  void r3_connect_withSubnetsInOneZone_isRefusedAtOnce() {
    try (InterposedAccount account = new InterposedAccount()) {
      account.interposed.said = facts -> with(facts, facts.state(), facts.subnets().subList(0, 1));
      connectIsRefused(account, CONFIGURATION);
    }
  }

  @Test
  void r3_createKey_withSubnetsInOneZone_isRefused() {
    try (InterposedAccount account = InterposedAccount.connected()) {
      account.interposed.said = facts -> with(facts, facts.state(), facts.subnets().subList(0, 1));
      assertRefused(CONFIGURATION, account::customKey).contains("private subnets");
    }
  }

  @Test
  void r3_use_behindACutNetwork_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      account.cluster.cutNetwork();

      assertRefused(INVALID_STATE, () -> account.encrypt(key, "x"))
          .isEqualTo("KMS cannot communicate with your CloudHSM cluster");
    }
  }

  @Test
  void r4_createAndUpdate_withOneActiveHsm_areRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster one = cluster(account, c -> c.nodes(1));
      SimulatedCluster related = relative(account, c -> c.nodes(1));

      assertRefused(CONFIGURATION, () -> create(account, one)).contains("active HSMs");
      assertRefused(CONFIGURATION, () -> moveTo(account, related.id())).contains("active HSMs");
    }
  }

  @Test
  void r4_create_withActiveHsmsInOneZone_isRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster oneZone = cluster(account, c -> c.nodes(1));
      oneZone.addHsm("us-east-1a");

      assertRefused(CONFIGURATION, () -> create(account, oneZone)).contains("active HSMs");
    }
  }

  @Test
  void r4_connect_withoutActiveHsm_fails_andWithOneSucceeds() {
    try (Account account = Account.disconnected()) {
      ZONES.forEach(account.cluster::stopNode);
      connectFails(account, "INSUFFICIENT_CLOUDHSM_HSMS");

      account.disconnect();
      account.cluster.startNode("us-east-1c");
      account.connect();
      assertThat(account.connection()).hasToString("CONNECTED");
    }
  }

  @Test
  void r4_createKey_withOneActiveHsm_isRefused_butUseIsNot() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      account.cluster.stopNode("us-east-1a");
      account.cluster.stopNode("us-east-1b");

      assertRefused(CONFIGURATION, account::customKey).contains("active HSMs");
      assertThat(account.decrypt(account.encrypt(key, "one is enough"))).isEqualTo("one is enough");
      random(account);
    }
  }

  @Test
  void r4_use_withoutActiveHsm_isRefused() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      ZONES.forEach(account.cluster::stopNode);

      assertRefused(INVALID_STATE, () -> account.encrypt(key, "x")).isNotBlank();
    }
  }

  @Test
  void r5_create_onClusterOrFamilyInUse_isRefused_untilTheStoreIsDeleted() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster related = relative(account, c -> c);
      String inUse = "CloudHsmClusterInUseException";

      assertRefused(inUse, () -> create(account, account.cluster)).isNotBlank();
      assertRefused(inUse, () -> create(account, related)).isNotBlank();
      account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
      create(account, related);
    }
  }

  @Test
  void r6_update_toClusterOfAnotherFamily_isRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster stranger = cluster(account, c -> c);

      assertRefused("CloudHsmClusterNotRelatedException", () -> moveTo(account, stranger.id()))
          .isNotBlank();
      moveTo(account, relative(account, c -> c).id());
    }
  }

  @Test
  void r7_create_withAnotherTrustAnchor_isRefused() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster other = cluster(account, c -> c);

      assertRefused(
              "IncorrectTrustAnchorException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .cloudHsmClusterId(other.id())
                              .trustAnchorCertificate("-----BEGIN CERTIFICATE-----")
                              .keyStorePassword(Account.PASSWORD)))
          .isNotBlank();
    }
  }

  @Test
  void r8_r10_create_asksNeitherForKmsuserNorForItsPassword() {
    try (Account account = Account.disconnected()) {
      SimulatedCluster other = cluster(account, c -> c.kmsuserPassword("another1"));
      other.deleteUser(KMSUSER);
      create(account, other);
    }
  }

  @Test
  void r8_connect_withoutCryptoUserKmsuser_fails() {
    try (Account account = Account.disconnected()) {
      account.cluster.deleteUser(KMSUSER);
      account.cluster.createUser(KMSUSER, Account.PASSWORD, Role.ADMIN);
      connectFails(account, "USER_NOT_FOUND");
    }
  }

  @Test
  void r9_connect_whileKmsuserIsLoggedInElsewhere_fails() {
    try (Account account = Account.disconnected();
        HsmSession operator = account.cluster.loginAs(KMSUSER, Account.PASSWORD)) {
      assertThat(operator.list()).isEmpty();
      connectFails(account, "USER_LOGGED_IN");
    }
  }

  @Test
  void r10_connect_withAnotherPassword_fails() {
    try (Account account = Account.disconnected()) {
      account.tell("another1");
      connectFails(account, "INVALID_CREDENTIALS");
    }
  }

  @Test
  void r11_connect_withoutFreeAddressInEachSubnet_fails() {
    try (Account account = Account.disconnected()) {
      account.cluster.takeAddresses("us-east-1c", account.cluster.freeAddresses("us-east-1c"));
      connectFails(account, "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET");
    }
  }

  @Test
  void r12_connect_withDeletedSubnet_fails() {
    try (Account account = Account.disconnected()) {
      account.cluster.deleteSubnet("us-east-1c");
      connectFails(account, "SUBNET_NOT_FOUND");
    }
  }

  /** The order of connecting: cluster, subnets, addresses, HSMs, kmsuser (spec B.4). */
  @Test
  void connect_withEveryTrouble_tellsThemInTheOrderInWhichItMeetsThem() {
    try (Account account = Account.disconnected()) {
      account.tell("another1");
      ZONES.forEach(account.cluster::stopNode);
      account.cluster.takeAddresses("us-east-1a", account.cluster.freeAddresses("us-east-1a"));
      account.cluster.deleteSubnet("us-east-1c");
      connectFails(account, "SUBNET_NOT_FOUND");

      account.disconnect();
      String roomless = relative(account, c -> c.freeAddresses(0).nodes(2)).id();
      moveTo(account, roomless);
      connectFails(account, "INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET");

      account.disconnect();
      SimulatedCluster idle = relative(account, c -> c);
      moveTo(account, idle.id());
      ZONES.forEach(idle::stopNode);
      connectFails(account, "INSUFFICIENT_CLOUDHSM_HSMS");

      account.disconnect();
      ZONES.forEach(idle::startNode);
      idle.cutNetwork();
      connectFails(account, "NETWORK_ERRORS");

      account.disconnect();
      idle.restoreNetwork();
      connectFails(account, "INVALID_CREDENTIALS");
    }
  }

  @Test
  void delete_ofConnectedStoreWithKeys_tellsTheStateFirst() {
    try (Account account = Account.connected()) {
      account.customKey();

      assertRefused(
              "CustomKeyStoreInvalidStateException",
              () -> account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)))
          .isNotBlank();
      account.disconnect();
      assertRefused(
              "CustomKeyStoreHasCMKsException",
              () -> account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)))
          .isNotBlank();
    }
  }
}
