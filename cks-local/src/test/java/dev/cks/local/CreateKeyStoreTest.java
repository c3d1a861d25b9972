package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;

/** Creating a key store (spec B.3, D.2). */
class CreateKeyStoreTest {

  private static final String INVALID_CONFIGURATION =
      "CloudHsmClusterInvalidConfigurationException";

  private Account account() {
    return Account.disconnected();
  }

  private void create(Account account, SimulatedCluster cluster) {
    Account.create(account.kms, "Another", cluster, Account.PASSWORD);
  }

  @Test
  void create_onActiveCluster_isDisconnectedAndShowsWhatItWasGiven() {
    try (Account account = account()) {
      CustomKeyStoresListEntry store = account.describe();

      assertThat(store.customKeyStoreId()).matches("cks-[0-9a-f]{17}");
      assertThat(store.customKeyStoreName()).isEqualTo(SimulatedAws.KEY_STORE_NAME);
      assertThat(store.customKeyStoreType()).isEqualTo(CustomKeyStoreType.AWS_CLOUDHSM);
      assertThat(store.cloudHsmClusterId()).isEqualTo(account.cluster.id());
      assertThat(store.trustAnchorCertificate()).isEqualTo(account.cluster.facts().trustAnchor());
      assertThat(store.connectionState()).isEqualTo(ConnectionStateType.DISCONNECTED);
      assertThat(store.connectionErrorCode()).isNull();
      assertThat(store.creationDate()).isBeforeOrEqualTo(account.aws.clock().now());
      assertThat(store.xksProxyConfiguration()).isNull();
    }
  }

  @Test
  void create_onUnknownCluster_isRefused() {
    try (Account account = account()) {
      assertRefused(
              "CloudHsmClusterNotFoundException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .cloudHsmClusterId("cluster-abcdefghijk")
                              .trustAnchorCertificate("x")
                              .keyStorePassword(Account.PASSWORD)))
          .contains("cluster-abcdefghijk");
    }
  }

  @Test
  void create_onClusterThatIsNotActive_isRefused() {
    refusedOn(c -> c.state(ClusterState.INITIALIZED), "CloudHsmClusterNotActiveException");
  }

  @Test
  void create_onClusterWithSubnetsInOneZone_isRefused() {
    refusedOn(c -> c.zones("us-east-1a").nodes(2), INVALID_CONFIGURATION);
  }

  @Test
  void create_onClusterWithOneHsm_isRefused() {
    refusedOn(c -> c.nodes(1), INVALID_CONFIGURATION);
  }

  @Test
  void create_onClusterWithTwoHsmsInOneZone_isRefused() {
    try (Account account = account()) {
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().nodes(1).create();
      cluster.addHsm("us-east-1a");

      assertRefused(INVALID_CONFIGURATION, () -> create(account, cluster))
          .isEqualTo(
              "CloudHSM cluster must contain active HSMs in at least two Availability Zones");
    }
  }

  @Test
  void create_whileAnHsmIsStopped_countsOnlyActiveOnes() {
    try (Account account = account()) {
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().nodes(2).create();
      cluster.stopNode("us-east-1a");

      assertRefused(INVALID_CONFIGURATION, () -> create(account, cluster)).isNotBlank();
    }
  }

  private void refusedOn(UnaryOperator<ClusterBuilder> plan, String code) {
    try (Account account = account()) {
      SimulatedCluster cluster = plan.apply(account.aws.cloudHsm().cluster()).create();

      assertRefused(code, () -> create(account, cluster)).isNotBlank();
      assertThat(account.kms.describeCustomKeyStores().customKeyStores()).hasSize(1);
    }
  }

  @Test
  void create_onClusterOfAnotherStore_isRefused() {
    try (Account account = account()) {
      assertRefused("CloudHsmClusterInUseException", () -> create(account, account.cluster))
          .isNotBlank();
    }
  }

  @Test
  void create_onRelativeOfAnotherStoresCluster_isRefused() {
    try (Account account = account()) {
      SimulatedCluster relative =
          account.aws.cloudHsm().cluster().relatedTo(account.cluster).create();

      assertRefused("CloudHsmClusterInUseException", () -> create(account, relative)).isNotBlank();
    }
  }

  @Test
  void create_withForeignTrustAnchor_isRefused() {
    try (Account account = account()) {
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().create();

      assertRefused(
              "IncorrectTrustAnchorException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .cloudHsmClusterId(cluster.id())
                              .trustAnchorCertificate("-----BEGIN CERTIFICATE-----")
                              .keyStorePassword(Account.PASSWORD)))
          .isNotBlank();
    }
  }

  @Test
  void create_withTakenNameAndOtherCluster_isRefused() {
    try (Account account = account()) {
      assertRefused(
              "CustomKeyStoreNameInUseException",
              () -> account.anotherStore(SimulatedAws.KEY_STORE_NAME))
          .contains(SimulatedAws.KEY_STORE_NAME);
    }
  }

  @Test
  void create_withNameThatDiffersInCase_isAnotherStore() {
    try (Account account = account()) {
      assertThat(account.anotherStore("exampleKEYstore")).isNotEqualTo(account.store);
    }
  }

  @Test
  void create_again_whileDisconnected_answersTheSameStore() {
    try (Account account = account()) {
      assertThat(again(account, Account.PASSWORD)).isEqualTo(account.store);
      assertThat(account.kms.describeCustomKeyStores().customKeyStores()).hasSize(1);
    }
  }

  @Test
  void create_again_withOtherPassword_isRefused() {
    try (Account account = account()) {
      assertRefused("CustomKeyStoreNameInUseException", () -> again(account, "another1"))
          .isNotBlank();
    }
  }

  @Test
  void create_again_whileConnected_isRefused() {
    try (Account account = account()) {
      account.connect();

      assertRefused("CustomKeyStoreNameInUseException", () -> again(account, Account.PASSWORD))
          .isNotBlank();
    }
  }

  private String again(Account account, String password) {
    return Account.create(account.kms, SimulatedAws.KEY_STORE_NAME, account.cluster, password);
  }

  @Test
  void create_theEleventh_isRefusedUntilOneIsDeleted() {
    try (Account account = account()) {
      for (int i = 2; i <= 10; i++) {
        account.anotherStore("Store" + i);
      }

      assertRefused("LimitExceededException", () -> account.anotherStore("Store11")).contains("10");

      account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
      assertThat(account.anotherStore("Store11")).startsWith("cks-");
    }
  }

  /** The order of the checks: each mistake is told before those further down the list. */
  @Test
  void create_withSeveralMistakes_tellsTheFirst() {
    try (Account account = account()) {
      SimulatedCluster broken =
          account
              .aws
              .cloudHsm()
              .cluster()
              .relatedTo(account.cluster)
              .state(ClusterState.UNINITIALIZED)
              .nodes(1)
              .create();
      SimulatedCluster inactive =
          account.aws.cloudHsm().cluster().state(ClusterState.UNINITIALIZED).nodes(1).create();
      SimulatedCluster small = account.aws.cloudHsm().cluster().nodes(1).create();

      assertRefused("CloudHsmClusterInUseException", () -> withForeignAnchor(account, broken))
          .isNotBlank();
      assertRefused("CloudHsmClusterNotActiveException", () -> withForeignAnchor(account, inactive))
          .isNotBlank();
      assertRefused(INVALID_CONFIGURATION, () -> withForeignAnchor(account, small)).isNotBlank();
    }
  }

  private void withForeignAnchor(Account account, SimulatedCluster cluster) {
    account.kms.createCustomKeyStore(
        r ->
            r.customKeyStoreName("Another")
                .cloudHsmClusterId(cluster.id())
                .trustAnchorCertificate("foreign")
                .keyStorePassword(Account.PASSWORD));
  }

  @Test
  void create_withoutClusterAnchorOrPassword_isRefused() {
    try (Account account = account()) {
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().create();
      String anchor = cluster.facts().trustAnchor();

      assertRefused(
              "ValidationException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .trustAnchorCertificate(anchor)
                              .keyStorePassword(Account.PASSWORD)))
          .contains("CloudHsmClusterId");
      assertRefused(
              "ValidationException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .cloudHsmClusterId(cluster.id())
                              .keyStorePassword(Account.PASSWORD)))
          .contains("TrustAnchorCertificate");
      assertRefused(
              "ValidationException",
              () ->
                  account.kms.createCustomKeyStore(
                      r ->
                          r.customKeyStoreName("Another")
                              .cloudHsmClusterId(cluster.id())
                              .trustAnchorCertificate(anchor)))
          .contains("KeyStorePassword");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sixSix", "thirtyThreeCharactersAreOneTooMa1"})
  void create_withPasswordOfWrongLength_isRefusedWithoutRepeatingIt(String password) {
    try (Account account = account()) {
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().create();

      assertRefused(
              "ValidationException",
              () -> Account.create(account.kms, "Another", cluster, password))
          .startsWith(
              "1 validation error detected: Value at 'keyStorePassword' failed to satisfy"
                  + " constraint: Member must have length ")
          .doesNotContain(password);
    }
  }
}
