package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.user.Role;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;

/**
 * Why connecting fails, how it shows, and the guide's repairs (spec B.3 to B.6, J.3, J.5, J.8,
 * J.9).
 */
class ConnectionFailuresTest {
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");
  private static final String KMSUSER = SimulatedCluster.KMSUSER;
  private static final String TEMPORARY = "tempPassword1";

  private static void connectFails(Account account, ConnectionErrorCodeType code) {
    account.connect(); // quick and without complaint: that says nothing of the outcome

    assertThat(account.connection()).isEqualTo(ConnectionStateType.FAILED);
    assertThat(account.errorCode()).isEqualTo(code);
    assertRefused("CustomKeyStoreInvalidStateException", account::connect).contains("FAILED");
  }

  private static void disconnectAndConnect(Account account) {
    account.disconnect();
    connects(account);
  }

  private static void connects(Account account) {
    account.connect();

    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    assertThat(account.errorCode()).isNull();
    assertThat(account.decrypt(account.encrypt(account.customKey(), "works"))).isEqualTo("works");
  }

  /** What a restore from a backup gives: a relative of the cluster, here with a fresh kmsuser. */
  private static void moveToRelative(Account account) {
    SimulatedCluster relative =
        account
            .aws
            .cloudHsm()
            .cluster()
            .relatedTo(account.cluster)
            .kmsuserPassword(TEMPORARY)
            .create();
    account.kms.updateCustomKeyStore(
        r ->
            r.customKeyStoreId(account.store)
                .cloudHsmClusterId(relative.id())
                .keyStorePassword(TEMPORARY));
  }

  @Nested
  class Cluster {
    @Test
    void connect_toDeletedCluster_fails_untilTheStoreHasARelative() {
      try (Account account = Account.disconnected()) {
        account.aws.cloudHsm().deleteCluster(account.cluster.id());
        connectFails(account, ConnectionErrorCodeType.CLUSTER_NOT_FOUND);

        account.disconnect();
        moveToRelative(account);
        connects(account);
      }
    }

    @Test
    void connect_withoutActiveHsm_fails_untilOneIsAdded() {
      try (Account account = Account.disconnected()) {
        account.hsms().forEach(account.cluster::removeHsm);
        connectFails(account, ConnectionErrorCodeType.INSUFFICIENT_CLOUDHSM_HSMS);

        account.disconnect();
        account.cluster.addHsm("us-east-1b");
        account.connect();
        assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
      }
    }

    @Test
    void connect_withAllHsmsStopped_fails_untilOneRuns() {
      try (Account account = Account.disconnected()) {
        ZONES.forEach(account.cluster::stopNode);
        connectFails(account, ConnectionErrorCodeType.INSUFFICIENT_CLOUDHSM_HSMS);

        account.disconnect();
        ZONES.forEach(account.cluster::startNode);
        connects(account);
      }
    }

    @Test
    void connect_withOneActiveHsm_succeeds_butMakesNoKeys() {
      try (Account account = Account.disconnected()) {
        account.cluster.stopNode("us-east-1a");
        account.cluster.stopNode("us-east-1b");

        account.connect();

        assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
        assertRefused("CloudHsmClusterInvalidConfigurationException", account::customKey)
            .isEqualTo(
                "CloudHSM cluster must contain active HSMs in at least two Availability Zones");
      }
    }
  }

  @Nested
  class Network {
    @Test
    void connect_withoutFreeAddress_fails_untilOneIsGivenBack() {
      try (Account account = Account.disconnected()) {
        int free = account.cluster.freeAddresses("us-east-1b");
        account.cluster.takeAddresses("us-east-1b", free);
        connectFails(account, ConnectionErrorCodeType.INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET);
        assertThat(account.cluster.freeAddresses("us-east-1a")).as("none kept").isEqualTo(free);

        account.cluster.takeAddresses("us-east-1b", -1);
        disconnectAndConnect(account);
        assertThat(account.cluster.freeAddresses("us-east-1b")).isZero();

        account.disconnect();
        assertThat(account.cluster.freeAddresses("us-east-1b")).isOne();
      }
    }

    @Test
    void connect_withDeletedSubnet_fails_untilTheStoreHasARelative() {
      try (Account account = Account.disconnected()) {
        account.cluster.deleteSubnet("us-east-1c");
        connectFails(account, ConnectionErrorCodeType.SUBNET_NOT_FOUND);

        account.disconnect();
        connectFails(account, ConnectionErrorCodeType.SUBNET_NOT_FOUND);

        account.disconnect();
        moveToRelative(account);
        connects(account);
      }
    }

    @Test
    void connect_withCutNetwork_fails_untilItIsBack() {
      try (Account account = Account.disconnected()) {
        account.cluster.cutNetwork();
        connectFails(account, ConnectionErrorCodeType.NETWORK_ERRORS);
        assertThat(account.cluster.freeAddresses("us-east-1a")).as("none kept").isEqualTo(250);

        account.cluster.restoreNetwork();
        disconnectAndConnect(account);
      }
    }

    @Test
    void connect_withOneHsmOutOfReach_failsAndRotatesNothing() {
      try (Account account = Account.disconnected()) {
        account.cluster.partition("us-east-1c");
        connectFails(account, ConnectionErrorCodeType.NETWORK_ERRORS);
        account.disconnect();

        account.cluster.heal("us-east-1c");
        account.cluster.loginAs(KMSUSER, Account.PASSWORD).close(); // right on each HSM
        connects(account);
      }
    }
  }

  @Nested
  class Kmsuser {
    @Test
    void connect_withoutKmsuser_fails_untilThereIsOne() {
      try (Account account = Account.disconnected()) {
        account.cluster.deleteUser(KMSUSER);
        connectFails(account, ConnectionErrorCodeType.USER_NOT_FOUND);

        account.disconnect();
        account.cluster.createUser(KMSUSER, TEMPORARY, Role.CRYPTO_USER);
        account.tell(TEMPORARY);
        connects(account);
      }
    }

    @Test
    void connect_withKmsuserMissingOnOneOfThree_fails() {
      try (Account account = Account.disconnected()) {
        account.cluster.deleteUserOn("us-east-1c", KMSUSER);
        connectFails(account, ConnectionErrorCodeType.USER_NOT_FOUND);

        account.disconnect();
        account.cluster.createUser(KMSUSER, Account.PASSWORD, Role.CRYPTO_USER);
        connects(account);
      }
    }

    @Test
    void connect_withAdminCalledKmsuser_fails() {
      try (Account account = Account.disconnected()) {
        account.cluster.deleteUser(KMSUSER);
        account.cluster.createUser(KMSUSER, Account.PASSWORD, Role.ADMIN);

        connectFails(account, ConnectionErrorCodeType.USER_NOT_FOUND);
      }
    }

    @Test
    void connect_withStalePassword_fails_untilKmsIsToldTheNewOne() {
      try (Account account = Account.connected()) {
        account.disconnect();
        account.cluster.changePassword(KMSUSER, TEMPORARY);
        connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS);

        account.disconnect();
        connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS); // nobody told KMS

        account.disconnect();
        account.tell(TEMPORARY);
        account.cluster.loginAs(KMSUSER, TEMPORARY).close(); // telling changes nothing there
        connects(account);
      }
    }

    @Test
    void connect_afterChangeThatMissedAnHsm_fails() {
      try (Account account = Account.connected()) {
        account.disconnect();
        account.cluster.partition("us-east-1b");
        account.cluster.changePassword(KMSUSER, TEMPORARY);
        account.cluster.heal("us-east-1b");
        account.tell(TEMPORARY);

        connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS);
      }
    }

    @Test
    void connect_whileKmsuserIsLoggedIn_fails_untilTheLogout() {
      try (Account account = Account.connected()) {
        account.disconnect();
        account.cluster.changePassword(KMSUSER, TEMPORARY);
        account.tell(TEMPORARY);
        try (HsmSession operator = account.cluster.loginAs(KMSUSER, TEMPORARY)) {
          assertThat(operator.list()).isEmpty();
          connectFails(account, ConnectionErrorCodeType.USER_LOGGED_IN);
        }
        disconnectAndConnect(account);
      }
    }

    @Test
    void connect_againAndAgainWithWrongPassword_locksKmsuser_untilAnAdminSetsAPassword() {
      try (Account account = Account.connected()) {
        account.disconnect();
        account.cluster.changePassword(KMSUSER, TEMPORARY);
        for (int attempt = 1; attempt <= 5; attempt++) {
          connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS);
          account.disconnect();
        }
        connectFails(account, ConnectionErrorCodeType.USER_LOCKED_OUT);

        account.disconnect();
        account.tell(TEMPORARY); // the right one, but it does not unlock
        connectFails(account, ConnectionErrorCodeType.USER_LOCKED_OUT);

        account.disconnect();
        account.cluster.changePassword(KMSUSER, "another1");
        account.tell("another1");
        connects(account);
      }
    }

    @Test
    void successfulConnect_startsTheCountOfWrongPasswordsAgain() {
      try (Account account = Account.disconnected()) {
        account.tell("wrong123");
        for (int attempt = 1; attempt <= 4; attempt++) {
          connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS);
          account.disconnect();
        }
        account.tell(Account.PASSWORD);
        connects(account);

        assertThat(account.cluster.users("us-east-1a")).allMatch(user -> user.failedLogins() == 0);
      }
    }

    @Test
    void connect_withSeveralTroubles_tellsTheWorst() {
      try (Account account = Account.disconnected()) {
        account.tell("wrong123");
        account.cluster.partition("us-east-1a");
        connectFails(account, ConnectionErrorCodeType.INVALID_CREDENTIALS);

        account.disconnect();
        account.cluster.deleteUserOn("us-east-1b", KMSUSER);
        connectFails(account, ConnectionErrorCodeType.USER_NOT_FOUND);
      }
    }
  }

  @Nested
  class ErrorCode {
    private void fail(Account account) {
      account.cluster.cutNetwork();
      account.connect();
      account.cluster.restoreNetwork();
    }

    @Test
    void code_afterDisconnect_staysReadableUntilTheNextConnect() {
      try (Account account =
          Account.disconnected(plan -> plan.connectLatency(Duration.ofMinutes(1)))) {
        account.cluster.cutNetwork();
        account.connect();
        assertThat(account.errorCode()).as("while CONNECTING").isNull();
        account.aws.clock().advance(Duration.ofMinutes(1));
        account.disconnect();
        account.aws.clock().advance(Duration.ofMinutes(1));

        assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
        assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

        account.tell(Account.PASSWORD);
        assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

        account.connect();
        assertThat(account.errorCode()).isNull();
      }
    }

    @Test
    void code_afterDisconnect_isGoneWithErrorCodeOnlyWhileFailed() {
      try (Account account = Account.disconnected(plan -> plan.errorCodeOnlyWhileFailed(true))) {
        fail(account);
        assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

        account.disconnect();
        assertThat(account.errorCode()).isNull();
      }
    }
  }

  @Nested
  class Rotation {
    private void loginRefused(Account account, String password, Reason reason) {
      assertThatExceptionOfType(HsmException.class)
          .isThrownBy(() -> account.cluster.loginAs(KMSUSER, password))
          .extracting(HsmException::reason)
          .isEqualTo(reason);
    }

    @Test
    void toldPassword_afterConnect_isNoLongerRight() {
      try (Account account = Account.connected()) {
        loginRefused(account, Account.PASSWORD, Reason.AUTH_FAILED);

        account.disconnect();
        loginRefused(account, Account.PASSWORD, Reason.AUTH_FAILED);
      }
    }

    @Test
    void kmsuser_whileConnected_isLoggedInAndKeepsItsPassword() {
      try (Account account = Account.connected()) {
        for (String zone : ZONES) {
          assertThat(account.cluster.users(zone))
              .filteredOn(user -> user.name().equals(KMSUSER))
              .allMatch(user -> user.loggedIn());
        }
        assertThat(account.cluster.changePassword(KMSUSER, TEMPORARY))
            .extracting(HsmSession.Outcome::failure)
            .containsExactly(
                Reason.ALREADY_LOGGED_IN, Reason.ALREADY_LOGGED_IN, Reason.ALREADY_LOGGED_IN);
      }
    }

    @Test
    void reconnect_withoutAWord_succeedsAgainAndAgain() {
      try (Account account = Account.connected()) {
        for (int time = 1; time <= 3; time++) {
          disconnectAndConnect(account);
        }
      }
    }

    @Test
    void hsmThatWasStopped_duringRotation_comesBackWithTheNewPassword() {
      try (Account account = Account.disconnected()) {
        account.cluster.stopNode("us-east-1c");
        account.connect();
        account.cluster.startNode("us-east-1c");

        disconnectAndConnect(account);
      }
    }
  }
}
