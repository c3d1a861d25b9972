package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.aws.service.CksKmsClient;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.OriginType;

/** What only happens between two steps of one connect, so that no operator could cause it. */
class ConnectInterruptedTest {
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

  /** Short in the log. */
  private static final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Bug() {
      super("planted by this test", null, false, false);
    }
  }

  private final SimulatedCloudHsm hsm = SimulatedCloudHsm.withSeed(1);
  private final SimulatedCluster cluster = hsm.cluster().create();
  private final InterposedCluster interposed = new InterposedCluster(cluster);
  private final Kms core =
      Kms.create(
          KmsConfig.deterministic(hsm.clock(), hsm.seed()).toBuilder()
              .clusters(id -> Optional.of(interposed))
              .build());
  private final KmsClient kms = new CksKmsClient(core);
  private final String store = Account.create(kms, "Store", cluster, Account.PASSWORD);

  private CustomKeyStoresListEntry describe() {
    return kms.describeCustomKeyStores(r -> r.customKeyStoreId(store)).customKeyStores().get(0);
  }

  private void connect() {
    kms.connectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  private void disconnect() {
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  @Test
  void rotation_thatFindsNoActiveHsm_fails_andTheNextConnectRecovers() {
    interposed.beforeRotation = () -> ZONES.forEach(cluster::stopNode);
    connect();
    assertThat(describe().connectionErrorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

    interposed.beforeRotation = () -> {};
    disconnect();
    ZONES.forEach(cluster::startNode);
    connect();
    assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1a", "us-east-1b", "us-east-1c"})
  void rotation_thatMissesAnHsm_fails_andTheNextConnectFindsEachPassword(String lost) {
    interposed.beforeRotation = () -> cluster.partition(lost);
    connect();
    assertThat(describe().connectionErrorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

    interposed.beforeRotation = () -> {};
    disconnect();
    cluster.heal(lost);
    for (int time = 1; time <= 3; time++) {
      connect();
      assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
      disconnect();
    }
  }

  @Test
  void rotation_whoseAnswerIsLost_fails_andTheNextConnectSucceeds() {
    interposed.afterRotation =
        () -> {
          throw new HsmException(Reason.OUTCOME_UNKNOWN, "the answer is lost");
        };
    connect();
    assertThat(describe().connectionErrorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);
    assertThat(cluster.users("us-east-1a")).noneMatch(user -> user.loggedIn());

    interposed.afterRotation = () -> {};
    disconnect();
    connect();
    assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void bugInAnAttempt_endsItWithInternalError() {
    interposed.beforeRotation =
        () -> {
          throw new Bug();
        };
    connect();
    assertThat(describe().connectionErrorCode()).isEqualTo(ConnectionErrorCodeType.INTERNAL_ERROR);

    interposed.beforeRotation = () -> {};
    disconnect();
    connect();
    assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void createKey_whileTheStoreIsDisconnected_isRefusedAndMakesNoKey() {
    connect();
    interposed.afterGeneration = this::disconnect;

    assertRefused(
            "CustomKeyStoreInvalidStateException",
            () -> kms.createKey(r -> r.customKeyStoreId(store).origin(OriginType.AWS_CLOUDHSM)))
        .contains("was disconnected");
    assertThat(kms.listKeys().keys()).isEmpty();
  }

  @Test
  void connect_toClusterThatIsNoLongerActive_isRefusedAtOnce() {
    interposed.said =
        facts ->
            new ClusterFacts(
                facts.id(),
                ClusterState.DEGRADED,
                facts.lineage(),
                facts.trustAnchor(),
                facts.hsms(),
                facts.subnets());

    refusedAtOnce("CloudHsmClusterNotActiveException");
  }

  @Test
  void connect_toClusterWithSubnetsInOneZone_isRefusedAtOnce() {
    interposed.said =
        facts ->
            new ClusterFacts(
                facts.id(),
                facts.state(),
                facts.lineage(),
                facts.trustAnchor(),
                facts.hsms(),
                facts.subnets().subList(0, 1));

    refusedAtOnce("CloudHsmClusterInvalidConfigurationException");
  }

  @Test
  void connect_toClusterWithoutARuleOfItsSecurityGroup_isRefusedAtOnce() {
    interposed.said =
        facts ->
            new ClusterFacts(
                facts.id(),
                facts.state(),
                facts.lineage(),
                facts.trustAnchor(),
                facts.hsms(),
                facts.subnets(),
                false);

    refusedAtOnce("CloudHsmClusterInvalidConfigurationException");
  }

  private void refusedAtOnce(String code) {
    assertRefused(code, this::connect).isNotBlank();
    assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.DISCONNECTED);
    assertThat(describe().connectionErrorCode()).isNull();

    interposed.said = facts -> facts;
    connect(); // no disconnect needed
    assertThat(describe().connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
  }
}
