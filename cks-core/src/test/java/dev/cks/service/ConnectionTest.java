package dev.cks.service;

import static dev.cks.service.MemoryCluster.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.KeyStoreRequests.Update;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.RandomSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** ConnectCustomKeyStore and DisconnectCustomKeyStore: what becomes of attempts to connect. */
class ConnectionTest {
  private static final Duration LATENCY = Duration.ofMinutes(1);

  private static void connect(TestAccount account, String store) {
    account.kms.keyStores().connect(store, account.caller());
  }

  private static void disconnect(TestAccount account, String store) {
    account.kms.keyStores().disconnect(store, account.caller());
  }

  private static void tell(TestAccount account, String store, String password) {
    account
        .kms
        .keyStores()
        .update(new Update(store, null, SecretBytes.ofText(password), null), account.caller());
  }

  @Test
  void connect_takesAddresses_logsIn_andReplacesThePassword_untilTheDisconnect() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      connect(account, store);

      assertThat(account.cluster.calls())
          .containsExactly("attach " + store, "login kmsuser", "changePassword");
      assertThat(account.cluster.addressesTaken()).isEqualTo(1);
      assertThat(account.cluster.password()).matches("[A-Za-z0-9]{32}");
      assertThat(account.random.latest(RandomSource.Stream.PASSWORDS))
          .as("wiped")
          .containsOnly((byte) 0);
      String secret = account.cluster.password();

      connect(account, store);
      assertThat(account.cluster.calls()).as("connected already").isEmpty();

      disconnect(account, store);
      assertThat(account.cluster.calls()).containsExactly("logout", "detach");
      assertThat(account.cluster.addressesTaken()).isZero();
      assertThat(account.show(store)).isEqualTo("DISCONNECTED");

      connect(account, store);
      assertThat(account.show(store)).isEqualTo("CONNECTED");
      assertThat(account.cluster.password()).as("a new one each time").isNotEqualTo(secret);
    }
  }

  @Test
  void passwords_useTheWholeAlphabet() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      StringBuilder seen = new StringBuilder();
      for (int i = 0; i < 80; i++) {
        connect(account, store);
        seen.append(account.cluster.password());
        disconnect(account, store);
      }

      assertThat(seen.chars().distinct().count()).isEqualTo(62);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "USER_NOT_FOUND, USER_NOT_FOUND",
    "LOCKED_OUT, USER_LOCKED_OUT",
    "AUTH_FAILED, INVALID_CREDENTIALS",
    "ALREADY_LOGGED_IN, USER_LOGGED_IN",
    "UNREACHABLE, NETWORK_ERRORS",
    "OUTCOME_UNKNOWN, NETWORK_ERRORS",
    "NO_ACTIVE_HSM, INSUFFICIENT_CLOUDHSM_HSMS",
    "SUBNET_NOT_FOUND, SUBNET_NOT_FOUND",
    "NO_FREE_ADDRESS, INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET",
    "NOT_LOGGED_IN, INTERNAL_ERROR",
    "KEY_NOT_FOUND, INTERNAL_ERROR",
    "BELOW_QUORUM, INTERNAL_ERROR",
    "CIPHERTEXT_INVALID, INTERNAL_ERROR",
    "CAPACITY, INTERNAL_ERROR",
    "DENIED, INTERNAL_ERROR",
    "INTERNAL, INTERNAL_ERROR"
  })
  void loginThatFails_leavesTheStoreFailed_withItsCode(Reason reason, String code) {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.failNext("login", reason);
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("FAILED " + code);
      assertThat(account.cluster.addressesTaken()).isZero();

      disconnect(account, store);
      assertThat(account.show(store)).isEqualTo("DISCONNECTED " + code);
      connect(account, store);
      assertThat(account.show(store)).isEqualTo("CONNECTED");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"SUBNET_NOT_FOUND", "NO_FREE_ADDRESS"})
  void networkWithoutRoom_isFoundOutBeforeTheLogin(Reason reason) {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.failNext("attach", reason);
      connect(account, store);

      assertThat(account.cluster.calls()).containsExactly("attach " + store);
      assertThat(account.show(store))
          .isEqualTo("FAILED " + HsmFailureMap.whenConnecting(reason).name());
    }
  }

  @Test
  void errorCode_onlyWhileFailed_ifSoConfigured() {
    try (TestAccount account = new TestAccount(plan -> plan.errorCodeOnlyWhileFailed(true))) {
      String store = account.store();
      account.cluster.failNext("login", Reason.LOCKED_OUT);
      connect(account, store);
      assertThat(account.show(store)).isEqualTo("FAILED USER_LOCKED_OUT");

      disconnect(account, store);
      assertThat(account.show(store)).isEqualTo("DISCONNECTED");
    }
  }

  @Test
  void clusterThatIsGone_isFoundOutByTheAttempt() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.clusters.clear();
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("FAILED CLUSTER_NOT_FOUND");
    }
  }

  @Test
  void mistakesThatAreEasilySeen_areToldAtOnce_andLeaveTheStoreDisconnected() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.setState(ClusterState.UPDATE_IN_PROGRESS);

      assertThat(account.outcome(() -> connect(account, store)))
          .isEqualTo(
              "CloudHsmClusterNotActiveException: The CloudHSM cluster cluster-1 is not active.");
      assertThat(account.show(store)).isEqualTo("DISCONNECTED");
      assertThat(account.cluster.calls()).isEmpty();
    }
  }

  @Test
  void bugInTheCluster_isAnInternalError() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.beforeNext(
          "login",
          () -> {
            throw new IllegalStateException("a bug");
          });
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("FAILED INTERNAL_ERROR");
      assertThat(account.cluster.addressesTaken()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    ", UNREACHABLE, NETWORK_ERRORS",
    "INTERNAL, , INTERNAL_ERROR",
    "INTERNAL, INTERNAL, INTERNAL_ERROR",
    "INTERNAL, OUTCOME_UNKNOWN, NETWORK_ERRORS"
  })
  void passwordThatNotEveryHsmTook_failsTheAttempt_andIsSentAgain(
      Reason first, Reason second, String code) {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.setOutcomes(outcomes(first, second));
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("FAILED " + code);
      assertThat(account.cluster.logins()).isZero();
      assertThat(account.cluster.addressesTaken()).isZero();
      String sent = account.cluster.password();

      account.cluster.setOutcomes(outcomes(null, null));
      account.cluster.calls();
      disconnect(account, store);
      connect(account, store);
      assertThat(account.cluster.calls())
          .containsExactly("attach " + store, "login kmsuser or candidate", "changePassword");
      assertThat(account.cluster.password()).as("no third password").isEqualTo(sent);
      assertThat(account.show(store)).isEqualTo("CONNECTED");

      disconnect(account, store);
      account.cluster.calls();
      connect(account, store);
      assertThat(account.cluster.calls()).contains("login kmsuser");
    }
  }

  @Test
  void passwordThatNoHsmAnswered_isANetworkError() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.setOutcomes(List.of());
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("FAILED NETWORK_ERRORS");
    }
  }

  @Test
  void candidate_isForgotten_whenTheOperatorTellsAPassword() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.setOutcomes(outcomes(null, Reason.UNREACHABLE));
      connect(account, store);
      disconnect(account, store);
      account.cluster.setPassword("told-by-hand");
      tell(account, store, "told-by-hand");
      account.cluster.setOutcomes(outcomes(null, null));
      account.cluster.calls();
      connect(account, store);

      assertThat(account.cluster.calls()).contains("login kmsuser");
      assertThat(account.show(store)).isEqualTo("CONNECTED");
    }
  }

  @Test
  void callsInTheWrongState_areRefused_eachInItsWords() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      String refused =
          "CustomKeyStoreInvalidStateException: You cannot %s while its ConnectionState is %s.";

      assertThat(account.outcome(() -> disconnect(account, store)))
          .isEqualTo(refused.formatted("disconnect the custom key store", "DISCONNECTED"));
      assertThat(account.outcome(() -> account.key(store)))
          .isEqualTo(refused.formatted("create a KMS key in the custom key store", "DISCONNECTED"));
      assertThat(
              account.outcome(
                  () -> account.kms.crypto().generateRandom(1, store, account.caller())))
          .isEqualTo(
              refused.formatted("generate random bytes in the custom key store", "DISCONNECTED"));
      account.cluster.failNext("login", Reason.LOCKED_OUT);
      connect(account, store);
      assertThat(account.outcome(() -> connect(account, store)))
          .isEqualTo(refused.formatted("connect the custom key store", "FAILED"));
    }
  }

  @Test
  void latency_isSpentConnectingAndDisconnecting() {
    try (TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY))) {
      String store = account.store();
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("CONNECTING");
      assertThat(account.time.agenda()).containsExactly("2026-01-01T00:01:02Z connect " + store);
      connect(account, store);
      assertThat(account.time.agenda()).as("one attempt is enough").hasSize(1);
      account.time.advance(LATENCY);
      assertThat(account.show(store)).isEqualTo("CONNECTED");

      disconnect(account, store);
      assertThat(account.show(store)).isEqualTo("DISCONNECTING");
      assertThat(account.time.agenda()).containsExactly("2026-01-01T00:02:04Z disconnect " + store);
      account.time.advance(LATENCY);
      assertThat(account.show(store)).isEqualTo("DISCONNECTED");
    }
  }

  @Test
  void disconnect_cancelsAnAttempt_beforeItBegins() {
    try (TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY))) {
      String store = account.store();
      connect(account, store);
      disconnect(account, store);
      account.time.advance(LATENCY);

      assertThat(account.show(store)).isEqualTo("DISCONNECTED");
      assertThat(account.cluster.calls()).isEmpty();
    }
  }

  @Test
  void attempt_overtakenWhileItLogsIn_changesNoPassword_andKeepsNoLogin() {
    try (TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY))) {
      String store = account.store();
      connect(account, store);
      account.cluster.beforeNext("login", () -> disconnect(account, store));
      account.time.advance(LATENCY);

      assertThat(account.cluster.calls())
          .containsExactly("attach " + store, "login kmsuser", "logout", "detach");
      assertThat(account.show(store)).isEqualTo("DISCONNECTING");
      assertThat(account.cluster.password()).isEqualTo(MemoryCluster.FIRST_PASSWORD);
    }
  }

  @Test
  void attempt_overtakenWhileItFails_doesNotSpeakForItsSuccessor() {
    try (TestAccount account = new TestAccount(plan -> plan.connectLatency(LATENCY))) {
      String store = account.store();
      connect(account, store);
      account.cluster.beforeNext(
          "login",
          () -> {
            disconnect(account, store);
            MemoryCluster.failure(Reason.LOCKED_OUT).happens();
          });
      account.time.advance(LATENCY);
      assertThat(account.show(store)).isEqualTo("DISCONNECTING");

      account.time.advance(LATENCY);
      assertThat(account.show(store)).isEqualTo("DISCONNECTED");
    }
  }

  @Test
  void attempts_ofOneStore_runOneAfterTheOther() {
    try (TestAccount account = new TestAccount()) {
      String store = account.store();
      account.cluster.beforeNext(
          "changePassword",
          () -> {
            disconnect(account, store);
            connect(account, store);
            assertThat(account.show(store)).isEqualTo("CONNECTING");
          });
      connect(account, store);

      assertThat(account.show(store)).isEqualTo("CONNECTED");
      assertThat(account.cluster.calls())
          .containsExactly(
              "attach " + store,
              "login kmsuser",
              "changePassword",
              "logout",
              "detach",
              "attach " + store,
              "login kmsuser or candidate",
              "changePassword");
      assertThat(account.cluster.logins()).isEqualTo(1);
      assertThat(account.cluster.addressesTaken()).isEqualTo(1);
    }
  }

  @Test
  void close_afterTheDisconnect_hasNothingToEnd() {
    TestAccount account = new TestAccount();
    disconnect(account, account.connectedStore());
    account.cluster.calls();
    account.close();

    assertThat(account.cluster.calls()).isEmpty();
  }

  @Test
  void close_logsOutOfEveryCluster() {
    TestAccount account = new TestAccount();
    account.connectedStore();
    assertThat(account.cluster.logins() + account.standard.logins()).isEqualTo(2);
    account.close();

    assertThat(account.cluster.logins() + account.standard.logins()).isZero();
  }
}
