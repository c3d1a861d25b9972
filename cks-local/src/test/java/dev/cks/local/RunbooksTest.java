package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** AWS's troubleshooting runbooks (spec J.5, J.6, J.8, J.9) as an operator types them. */
final class RunbooksTest {
  private static final String TEMPORARY = "tempPassword";
  private static final String CHANGE = "changePswd CU kmsuser " + TEMPORARY;
  private static final String KMSUSER_LOGIN = "loginHSM -u CU -s kmsuser -p " + TEMPORARY;
  private static final String LOGGED_IN =
      """

      \tCfm3LoginHSM returned: 0x00 : HSM Return: SUCCESS

      \tCluster Error Status
      \tNode id 0 and err state 0x00000000 : HSM Return: SUCCESS
      \tNode id 1 and err state 0x00000000 : HSM Return: SUCCESS
      \tNode id 2 and err state 0x00000000 : HSM Return: SUCCESS
      """;

  private final Account account = Account.connected();
  private final HsmConsole users = account.cluster.console(Dialect.CLOUDHSM_MGMT_UTIL);
  private final HsmConsole keys = account.cluster.console(Dialect.KEY_MGMT_UTIL);
  private final HsmConsole cli = account.cluster.console(Dialect.CLOUDHSM_CLI);

  @AfterEach
  void close() {
    account.close();
  }

  // J.8: disconnect and log in as kmsuser

  @Test
  void j8_connected_loginAndNewPasswordAreRefused() {
    loginAdmin();

    assertThat(keys.run("loginHSM -u CU -s kmsuser -p " + Account.PASSWORD))
        .contains("Cfm3LoginHSM returned: 0xa2 : HSM Error");
    assertThat(users.run(CHANGE + "\ny")).contains("User is already logged in");
    assertThat(users.run("findAllKeys 3 0")).contains("findAllKeys success on server 2(10.0.2.4)");
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j8_disconnected_logsInAndKmsCannotConnect() {
    logInAsKmsuser();
    account.tell(TEMPORARY);

    connectFails(ConnectionErrorCodeType.USER_LOGGED_IN);
  }

  @Test
  void j8_specialCharacters_areRefusedAndThePasswordStays() {
    account.disconnect();
    loginAdmin();

    assertThat(users.run("changePswd CU kmsuser temp!Password\ny"))
        .contains("HSM Error: A password has 7 to 32 alphanumeric characters");

    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j8_notConfirmed_thePasswordStays() {
    account.disconnect();
    loginAdmin();
    users.run(CHANGE);
    users.run("n");

    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  // J.9: log out and reconnect

  @Test
  void j9_logOutTellConnect_isConnectedAndThePasswordIsRotated() {
    logInAsKmsuser();
    keys.run("logoutHSM");
    account.tell(TEMPORARY);

    account.connect();

    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    assertThat(keys.run(KMSUSER_LOGIN)).contains("Cfm3LoginHSM returned: 0xa2");
  }

  @Test
  void j9_notLoggedOut_failsUserLoggedInEvenAfterExit() {
    logInAsKmsuser();
    keys.run("exit");
    account.tell(TEMPORARY);

    connectFails(ConnectionErrorCodeType.USER_LOGGED_IN);

    account.cluster.console(Dialect.KEY_MGMT_UTIL).run("logoutHSM");
    account.disconnect();
    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j9_notTold_failsInvalidCredentials() {
    logInAsKmsuser();
    keys.run("logoutHSM");

    connectFails(ConnectionErrorCodeType.INVALID_CREDENTIALS);
  }

  // J.5: invalid kmsuser credentials

  @Test
  void j5_stalePassword_isRepairedByTellingKms() {
    account.disconnect();
    loginAdmin();
    users.run(CHANGE + "\ny");
    connectFails(ConnectionErrorCodeType.INVALID_CREDENTIALS);
    account.disconnect();
    connectFails(ConnectionErrorCodeType.INVALID_CREDENTIALS);

    account.disconnect();
    account.tell(TEMPORARY);
    account.connect();

    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    assertThat(keys.run(KMSUSER_LOGIN)).doesNotContain("returned: 0x00");
  }

  @Test
  void j5_fiveFailedConnects_lockAndOnlyAnAdminUnlocks() {
    account.disconnect();
    loginAdmin();
    users.run(CHANGE + "\ny");
    for (int i = 0; i < 5; i++) {
      connectFails(ConnectionErrorCodeType.INVALID_CREDENTIALS);
      account.disconnect();
    }
    connectFails(ConnectionErrorCodeType.USER_LOCKED_OUT);
    assertThat(cli.run("user list")).contains("\"locked\": \"true\"");
    account.disconnect();
    account.tell(TEMPORARY);
    connectFails(ConnectionErrorCodeType.USER_LOCKED_OUT);
    account.disconnect();

    assertThat(users.run(CHANGE + "\ny")).contains("changePswd success on server 0(10.0.0.4)");

    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j5_changeMissedOneNode_failsInvalidCredentialsUntilRepeated() {
    account.disconnect();
    account.cluster.partition("us-east-1b");
    loginAdmin();
    users.run(CHANGE + "\ny");
    account.cluster.heal("us-east-1b");
    account.tell(TEMPORARY);
    connectFails(ConnectionErrorCodeType.INVALID_CREDENTIALS);
    account.disconnect();

    loginAdmin();
    users.run(CHANGE + "\ny");

    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j5_kmsuserMissingOnOneNodeOfThree_failsUserNotFound() {
    account.disconnect();
    account.cluster.partition("us-east-1a");
    account.cluster.partition("us-east-1c");
    loginAdmin();
    assertThat(users.run("deleteUser CU kmsuser\ny")).contains("success on server 1(10.0.1.4)");
    account.cluster.heal("us-east-1a");
    account.cluster.heal("us-east-1c");

    assertThat(cli.run("user list")).contains("\"cluster-coverage\": \"inconsistent\"");
    connectFails(ConnectionErrorCodeType.USER_NOT_FOUND);
  }

  // J.6: delete orphaned key material

  @Test
  void j6_deletedWhileDisconnected_orphanIsDeletedByHand() {
    String arn = orphan();
    String handle = account.cluster.keysOn("us-east-1a").get(0).reference();
    logInAsKmsuser();
    assertThat(keys.run("findKey -l " + arn)).contains("\t" + handle + "\n");

    assertThat(keys.run("deleteKey -k " + handle))
        .contains("Cfm3DeleteKey returned: 0x00 : HSM Return: SUCCESS")
        .contains("Node id 2 and err state 0x00000000 : HSM Return: SUCCESS");

    assertThat(keys.run("findKey -l " + arn)).contains("start index 0::0");
    assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.isEmpty());
    keys.run("logoutHSM");
    account.tell(TEMPORARY);
    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void j6_withCloudHsmCli_orphanIsDeletedByItsLabel() {
    String arn = orphan();
    loginAdmin();
    users.run(CHANGE + "\ny");
    cli.run("login --username kmsuser --role crypto-user --password " + TEMPORARY);
    assertThat(cli.run("key list --filter attr.label=\"" + arn + "\""))
        .contains("\"total_key_count\": 1");

    assertThat(cli.run("key delete --filter attr.label=" + arn))
        .contains("\"message\": \"Key deleted successfully\"");

    assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.isEmpty());
  }

  @Test
  void j6_deletedWhileConnected_leavesNoOrphan() {
    String arn = account.customKey();
    account.kms.scheduleKeyDeletion(r -> r.keyId(arn).pendingWindowInDays(7));

    account.aws.clock().advance(Duration.ofDays(8));

    assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.isEmpty());
  }

  @Test
  void foreignKeys_ofKmsuserAndOthers_doNotDisturbKms() {
    logInAsKmsuser();
    keys.run("genSymKey -t 31 -s 16 -l foreign");
    keys.run("logoutHSM");
    account.tell(TEMPORARY);
    account.connect();

    String arn = account.customKey();

    assertThat(account.decrypt(account.encrypt(arn, "text"))).isEqualTo("text");
    assertThat(account.cluster.keysOn("us-east-1a"))
        .extracting(key -> key.label())
        .containsExactlyInAnyOrder("foreign", arn);
  }

  private String orphan() {
    String arn = account.customKey();
    account.kms.scheduleKeyDeletion(r -> r.keyId(arn).pendingWindowInDays(7));
    account.disconnect();
    account.aws.clock().advance(Duration.ofDays(9));
    assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> account.key(arn));
    assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.contains(arn));
    return arn;
  }

  private void loginAdmin() {
    users.run("loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD);
  }

  private void logInAsKmsuser() {
    if (account.connection() != ConnectionStateType.DISCONNECTED) {
      account.disconnect();
    }
    loginAdmin();
    assertThat(users.run(CHANGE)).endsWith("Do you want to continue(y/n)?\n");
    assertThat(users.run("y")).startsWith("Changing password for kmsuser(CU) on 3 nodes\n");
    assertThat(keys.run(KMSUSER_LOGIN)).isEqualTo(LOGGED_IN);
  }

  private void connectFails(ConnectionErrorCodeType code) {
    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.FAILED);
    assertThat(account.errorCode()).isEqualTo(code);
  }
}
