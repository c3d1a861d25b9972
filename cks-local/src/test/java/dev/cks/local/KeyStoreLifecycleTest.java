package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * What each operation does to a key store in each connection state, deleting one, and results that
 * come late (spec B.1 to B.3, D.3 to D.7).
 */
class KeyStoreLifecycleTest {
  private static final Duration LATENCY = Duration.ofMinutes(20);
  private static final String INVALID_STATE = "CustomKeyStoreInvalidStateException";

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
