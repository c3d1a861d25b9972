package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/**
 * Creating, connecting, disconnecting, updating and deleting a key store (spec B.1 to B.3, D.2 to
 * D.7).
 */
class KeyStoreLifecycleTest {
  private static final Duration LATENCY = Duration.ofMinutes(20);
  private static final String INVALID_STATE = "CustomKeyStoreInvalidStateException";
  private static final String INVALID_CONFIGURATION =
      "CloudHsmClusterInvalidConfigurationException";

  @Nested
  class Creating {
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

        assertRefused("CloudHsmClusterInUseException", () -> create(account, relative))
            .isNotBlank();
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

        assertRefused("LimitExceededException", () -> account.anotherStore("Store11"))
            .contains("10");

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
        assertRefused(
                "CloudHsmClusterNotActiveException", () -> withForeignAnchor(account, inactive))
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

  /** Every state, and how a store gets there. */
  private enum In {
    NEVER_CONNECTED(ConnectionStateType.DISCONNECTED) {
      @Override
      void bring(Account account) {}
    },
    CONNECTING(ConnectionStateType.CONNECTING) {
      @Override
      void bring(Account account) {
        account.connect();
      }
    },
    CONNECTED(ConnectionStateType.CONNECTED) {
      @Override
      void bring(Account account) {
        account.connect();
        account.aws.clock().advance(LATENCY);
      }
    },
    FAILED(ConnectionStateType.FAILED) {
      @Override
      void bring(Account account) {
        account.cluster.cutNetwork();
        account.connect();
        account.aws.clock().advance(LATENCY);
        account.cluster.restoreNetwork();
      }
    },
    DISCONNECTING(ConnectionStateType.DISCONNECTING) {
      @Override
      void bring(Account account) {
        CONNECTED.bring(account);
        account.disconnect();
      }
    },
    DISCONNECTED(ConnectionStateType.DISCONNECTED) {
      @Override
      void bring(Account account) {
        DISCONNECTING.bring(account);
        account.aws.clock().advance(LATENCY);
      }
    };

    private final ConnectionStateType state;

    In(ConnectionStateType state) {
      this.state = state;
    }

    abstract void bring(Account account);

    Account account() {
      Account account = Account.disconnected(plan -> plan.connectLatency(LATENCY));
      bring(account);
      assertThat(account.connection()).isEqualTo(state);
      return account;
    }
  }

  /** The published table of operations and connection states (spec B.2), column by column. */
  @Nested
  class InEachState {
    private void refused(Account account, Runnable call) {
      ConnectionStateType before = account.connection();
      assertRefused(INVALID_STATE, call::run).contains(before.toString());
      assertThat(account.connection()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"NEVER_CONNECTED", "DISCONNECTED"})
    void connect_whileDisconnected_begins(In state) {
      try (Account account = state.account()) {
        account.connect();
        assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTING);

        account.aws.clock().advance(LATENCY);
        assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"CONNECTING", "CONNECTED"})
    void connect_whileConnectingOrConnected_hasNoEffect(In state) {
      try (Account account = state.account()) {
        ConnectionStateType before = account.connection();
        int waiting = account.aws.clock().waiting();

        account.connect();

        assertThat(account.connection()).isEqualTo(before);
        assertThat(account.aws.clock().waiting()).as("attempts under way").isEqualTo(waiting);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"FAILED", "DISCONNECTING"})
    void connect_whileFailedOrDisconnecting_isRefused(In state) {
      try (Account account = state.account()) {
        refused(account, account::connect);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"CONNECTING", "CONNECTED", "FAILED"})
    void disconnect_whileThereIsSomethingToEnd_endsIt(In state) {
      try (Account account = state.account()) {
        account.disconnect();
        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTING);

        account.aws.clock().advance(LATENCY);
        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"NEVER_CONNECTED", "DISCONNECTING", "DISCONNECTED"})
    void disconnect_whileThereIsNothingToEnd_isRefused(In state) {
      try (Account account = state.account()) {
        refused(account, account::disconnect);
      }
    }

    private void rename(Account account) {
      account.kms.updateCustomKeyStore(
          r -> r.customKeyStoreId(account.store).newCustomKeyStoreName("Renamed"));
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"NEVER_CONNECTED", "CONNECTED", "DISCONNECTED"})
    void rename_whileDisconnectedOrConnected_isDone(In state) {
      try (Account account = state.account()) {
        rename(account);

        assertThat(account.describe().customKeyStoreName()).isEqualTo("Renamed");
        assertThat(account.connection()).isEqualTo(state.state);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"CONNECTING", "FAILED", "DISCONNECTING"})
    void rename_inAnyOtherState_isRefused(In state) {
      try (Account account = state.account()) {
        refused(account, () -> rename(account));

        assertThat(account.describe().customKeyStoreName()).isEqualTo(SimulatedAws.KEY_STORE_NAME);
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"NEVER_CONNECTED", "DISCONNECTED"})
    void update_whileDisconnected_isDone(In state) {
      try (Account account = state.account()) {
        SimulatedCluster relative =
            account.aws.cloudHsm().cluster().relatedTo(account.cluster).create();

        account.kms.updateCustomKeyStore(
            r ->
                r.customKeyStoreId(account.store)
                    .keyStorePassword("another1")
                    .cloudHsmClusterId(relative.id()));

        assertThat(account.describe().cloudHsmClusterId()).isEqualTo(relative.id());
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"CONNECTING", "CONNECTED", "FAILED", "DISCONNECTING"})
    void update_inAnyOtherState_isRefused(In state) {
      try (Account account = state.account()) {
        refused(account, () -> account.tell("another1"));
        refused(
            account,
            () ->
                account.kms.updateCustomKeyStore(
                    r ->
                        r.customKeyStoreId(account.store)
                            .newCustomKeyStoreName("Renamed")
                            .cloudHsmClusterId(account.cluster.id())));
        assertThat(account.describe().customKeyStoreName())
            .as("all or nothing")
            .isEqualTo(SimulatedAws.KEY_STORE_NAME);
      }
    }

    private void delete(Account account) {
      account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"NEVER_CONNECTED", "DISCONNECTED"})
    void delete_whileDisconnectedAndEmpty_isDone(In state) {
      try (Account account = state.account()) {
        delete(account);

        assertRefused("CustomKeyStoreNotFoundException", account::describe).isNotBlank();
      }
    }

    @ParameterizedTest
    @EnumSource(
        value = In.class,
        names = {"CONNECTING", "CONNECTED", "FAILED", "DISCONNECTING"})
    void delete_inAnyOtherState_isRefused(In state) {
      try (Account account = state.account()) {
        refused(account, () -> delete(account));
      }
    }

    @ParameterizedTest
    @EnumSource(value = In.class, names = "CONNECTED", mode = EnumSource.Mode.EXCLUDE)
    void createKeyAndGenerateRandom_whileNotConnected_areRefused(In state) {
      try (Account account = state.account()) {
        refused(account, account::customKey);
        refused(
            account,
            () ->
                account.kms.generateRandom(
                    r -> r.numberOfBytes(8).customKeyStoreId(account.store)));
      }
    }

    @Test
    void createKeyAndGenerateRandom_whileConnected_areDone() {
      try (Account account = In.CONNECTED.account()) {
        assertThat(account.keyState(account.customKey())).isEqualTo(KeyState.ENABLED);
        assertThat(
                account
                    .kms
                    .generateRandom(r -> r.numberOfBytes(8).customKeyStoreId(account.store))
                    .plaintext()
                    .asByteArray())
            .hasSize(8)
            .isNotEqualTo(new byte[8]);
      }
    }
  }

  @Nested
  class UnknownStore {
    private static final String NOBODY = "cks-00000000000000000";

    @Test
    void everyOperation_onUnknownStore_isRefused() {
      String code = "CustomKeyStoreNotFoundException";
      try (Account account = Account.disconnected()) {
        var kms = account.kms;
        assertRefused(code, () -> kms.connectCustomKeyStore(r -> r.customKeyStoreId(NOBODY)))
            .isNotBlank();
        assertRefused(code, () -> kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(NOBODY)))
            .isNotBlank();
        assertRefused(
                code,
                () ->
                    kms.updateCustomKeyStore(
                        r -> r.customKeyStoreId(NOBODY).newCustomKeyStoreName("x")))
            .isNotBlank();
        assertRefused(code, () -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(NOBODY)))
            .isNotBlank();
        assertRefused(code, () -> kms.describeCustomKeyStores(r -> r.customKeyStoreId(NOBODY)))
            .isNotBlank();
        assertRefused(code, () -> kms.describeCustomKeyStores(r -> r.customKeyStoreName("nobody")))
            .isNotBlank();
        assertRefused(
                code,
                () ->
                    kms.createKey(r -> r.customKeyStoreId(NOBODY).origin(OriginType.AWS_CLOUDHSM)))
            .isNotBlank();
        assertRefused(
                code, () -> kms.generateRandom(r -> r.customKeyStoreId(NOBODY).numberOfBytes(1)))
            .isNotBlank();
      }
    }

    @Test
    void describe_byIdAndName_isRefused() {
      try (Account account = Account.disconnected()) {
        assertRefused(
                "ValidationException",
                () ->
                    account.kms.describeCustomKeyStores(
                        r ->
                            r.customKeyStoreId(account.store)
                                .customKeyStoreName(SimulatedAws.KEY_STORE_NAME)))
            .isNotBlank();
        assertThat(
                account
                    .kms
                    .describeCustomKeyStores(r -> r.customKeyStoreName(SimulatedAws.KEY_STORE_NAME))
                    .customKeyStores())
            .extracting(CustomKeyStoresListEntry::customKeyStoreId)
            .containsExactly(account.store);
      }
    }
  }

  @Nested
  class Updating {
    private void update(
        Account account, UnaryOperator<UpdateCustomKeyStoreRequest.Builder> change) {
      account.kms.updateCustomKeyStore(
          change
              .apply(UpdateCustomKeyStoreRequest.builder().customKeyStoreId(account.store))
              .build());
    }

    private void moveTo(Account account, SimulatedCluster cluster) {
      update(account, r -> r.cloudHsmClusterId(cluster.id()));
    }

    @Test
    void update_toTakenName_isRefused() {
      try (Account account = Account.disconnected()) {
        account.anotherStore("Taken");

        assertRefused(
                "CustomKeyStoreNameInUseException",
                () -> update(account, r -> r.newCustomKeyStoreName("Taken")))
            .contains("Taken");
      }
    }

    @Test
    void update_name_givesTheOldOneFree() {
      try (Account account = Account.disconnected()) {
        update(account, r -> r.newCustomKeyStoreName("Renamed"));

        assertThat(account.anotherStore(SimulatedAws.KEY_STORE_NAME)).isNotEqualTo(account.store);
      }
    }

    @Test
    void update_ofNothing_isAccepted() {
      try (Account account = Account.disconnected()) {
        CustomKeyStoresListEntry before = account.describe();

        update(account, r -> r);

        assertThat(account.describe()).isEqualTo(before);
      }
    }

    @Test
    void update_toClusterThatDoesNotFit_isRefusedAndChangesNothing() {
      try (Account account = Account.disconnected()) {
        var hsm = account.aws.cloudHsm();
        CustomKeyStoresListEntry before = account.describe();

        assertRefused(
                "CloudHsmClusterNotFoundException",
                () ->
                    update(
                        account,
                        r ->
                            r.cloudHsmClusterId("cluster-abcdefghijk")
                                .newCustomKeyStoreName("Renamed")))
            .isNotBlank();
        assertRefused(
                "CloudHsmClusterNotRelatedException", () -> moveTo(account, hsm.cluster().create()))
            .isNotBlank();
        assertRefused(
                "CloudHsmClusterNotActiveException",
                () ->
                    moveTo(
                        account,
                        hsm.cluster()
                            .relatedTo(account.cluster)
                            .state(ClusterState.INITIALIZED)
                            .create()))
            .isNotBlank();
        assertRefused(
                INVALID_CONFIGURATION,
                () -> moveTo(account, hsm.cluster().relatedTo(account.cluster).nodes(1).create()))
            .isNotBlank();
        assertRefused(
                INVALID_CONFIGURATION,
                () ->
                    moveTo(
                        account,
                        hsm.cluster()
                            .relatedTo(account.cluster)
                            .zones("us-east-1a")
                            .nodes(2)
                            .create()))
            .isNotBlank();

        assertThat(account.describe()).isEqualTo(before);
      }
    }

    @Test
    void update_ofPassword_tellsKmsOnly() {
      try (Account account = Account.disconnected()) {
        account.tell("another1");
        account.connect();

        assertThat(account.errorCode()).hasToString("INVALID_CREDENTIALS");
      }
    }
  }

  @Nested
  class Deleting {
    @Test
    void delete_ofStoreWithKeys_isRefused() {
      try (Account account = Account.connected()) {
        account.customKey();
        account.disconnect();

        assertRefused(
                "CustomKeyStoreHasCMKsException",
                () -> account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)))
            .isNotBlank();
        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
      }
    }

    /** The guide's way to give up a store (spec J.10). */
    @Test
    void decommissioning_leavesTheClusterToTheNextStore() {
      try (Account account = Account.connected()) {
        String key = account.customKey();
        account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
        account.aws.clock().advance(Duration.ofDays(8));
        account.disconnect();

        account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store));

        assertRefused("CustomKeyStoreNotFoundException", account::describe).isNotBlank();
        assertThat(account.cluster.facts().activeHsms()).hasSize(3);
        assertThat(account.cluster.users("us-east-1a"))
            .extracting(user -> user.name())
            .containsExactly("admin", "app_user", "kmsuser");

        account.cluster.changePassword("kmsuser", "another1");
        String next =
            Account.create(account.kms, SimulatedAws.KEY_STORE_NAME, account.cluster, "another1");
        account.kms.connectCustomKeyStore(r -> r.customKeyStoreId(next));
        assertThat(account.describe(next).connectionState())
            .isEqualTo(ConnectionStateType.CONNECTED);
      }
    }
  }

  /** Results of attempts that something newer has overtaken (spec B.1). */
  @Nested
  class LateResults {
    private final Duration half = LATENCY.dividedBy(2);

    private Account slow() {
      return Account.disconnected(plan -> plan.connectLatency(LATENCY));
    }

    @Test
    void disconnect_whileConnecting_cancelsTheAttempt() {
      try (Account account = slow()) {
        int waiting = account.aws.clock().waiting();
        account.connect();
        account.aws.clock().advance(half);
        account.disconnect();

        account.aws.clock().advance(half);
        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTING);
        account.aws.clock().advance(half);
        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
        assertThat(account.cluster.users("us-east-1a"))
            .as("nobody logged in")
            .noneMatch(user -> user.loggedIn());
        assertThat(account.aws.clock().waiting()).as("attempts left").isEqualTo(waiting);
      }
    }

    @Test
    void failure_ofCancelledAttempt_isDropped() {
      try (Account account = slow()) {
        account.cluster.cutNetwork();
        account.connect();
        account.disconnect();
        account.aws.clock().advance(LATENCY.multipliedBy(2));

        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
        assertThat(account.errorCode()).isNull();
      }
    }

    @Test
    void keys_whileConnectingAndDisconnecting_areUnavailable() {
      try (Account account = Account.connected(plan -> plan.connectLatency(LATENCY))) {
        account.aws.clock().advance(LATENCY);
        String key = account.customKey();

        account.disconnect();
        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
        account.aws.clock().advance(LATENCY);
        account.connect();
        assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
        account.aws.clock().advance(LATENCY);
        assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
      }
    }

    @Test
    void due_work_neverRunsInACryptoCall() {
      try (Account account = Account.connected(plan -> plan.connectLatency(LATENCY))) {
        account.aws.clock().advance(LATENCY.minusMillis(1));
        var before = account.aws.clock().now();

        account.kms.generateRandom(r -> r.numberOfBytes(1));

        assertThat(account.aws.clock().now()).isEqualTo(before);
      }
    }
  }
}
