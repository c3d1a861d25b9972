package dev.cks.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession.Outcome;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HsmConsoleTest {
  private static final String A = "us-east-1a";
  private static final String B = "us-east-1b";
  private static final String C = "us-east-1c";
  private static final String ADMIN_LOGIN = "loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD;
  private static final String KMSUSER_LOGIN =
      "loginHSM -u CU -s kmsuser -p " + ClusterBuilder.KMSUSER_PASSWORD;

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(42);
  private final SimulatedCluster cluster = service.cluster().create();
  private final HsmConsole users = cluster.console(Dialect.CLOUDHSM_MGMT_UTIL);
  private final HsmConsole keys = cluster.console(Dialect.KEY_MGMT_UTIL);
  private final HsmConsole cli = cluster.console(Dialect.CLOUDHSM_CLI);

  @AfterEach
  void close() {
    service.close();
  }

  // nodes that differ

  @Test
  void changePswd_oneNodePartitioned_reachesTheOthersOnlyAndNamesIt() {
    cluster.partition(B);
    users.run(ADMIN_LOGIN);

    assertThat(users.run("changePswd CU kmsuser tempPassword\ny"))
        .contains("Changing password for kmsuser(CU) on 2 nodes")
        .contains("changePswd success on server 0(10.0.0.4)")
        .contains("changePswd failed on server 1(10.0.1.4): HSM Error: The HSM cannot be reached")
        .contains("changePswd success on server 2(10.0.2.4)");

    cluster.heal(B);
    assertFails(Reason.AUTH_FAILED, "tempPassword");
    assertFails(Reason.AUTH_FAILED, ClusterBuilder.KMSUSER_PASSWORD);
  }

  @Test
  void createUser_oneNodePartitioned_listUsersShowsTheDifferenceAfterHealing() {
    cluster.partition(B);
    users.run(ADMIN_LOGIN);
    users.run("createUser CU example_user password1");
    assertThat(users.run("y")).contains("Creating User example_user(CU) on 2 nodes");
    assertThat(users.run("listUsers"))
        .contains("listUsers failed on server 1(10.0.1.4): HSM Error: The HSM cannot be reached");

    cluster.heal(B);

    assertThat(users.run("listUsers").lines())
        .filteredOn(line -> line.startsWith("Number of users found"))
        .containsExactly(
            "Number of users found:4", "Number of users found:3", "Number of users found:4");
    assertThat(cli.run("user list"))
        .contains(
            """
                    "username": "example_user",
                    "role": "crypto-user",
                    "locked": "false",
                    "mfa": [],
                    "cluster-coverage": "inconsistent"
            """);
    assertThat(users.run("deleteUser CU example_user\ny"))
        .contains("deleteUser failed on server 1(10.0.1.4): HSM Error: Not logged in");
  }

  @Test
  void login_kmsuserMissingOnOneNode_namesThatNode() {
    cluster.deleteUserOn(C, "kmsuser");

    assertThat(keys.run(KMSUSER_LOGIN))
        .contains("Node id 0 and err state 0x00000000 : HSM Return: SUCCESS")
        .contains("Node id 2 and err state 0x000000a4 : HSM Error: User does not exist");
    keys.run("logoutHSM");
    assertFails(Reason.USER_NOT_FOUND, ClusterBuilder.KMSUSER_PASSWORD);
    assertThat(cluster.users(A)).noneMatch(UserView::loggedIn);
  }

  @Test
  void userList_lockedOnOneNodeOnly_isInconsistent() {
    cluster.partition(A);
    cluster.partition(B);
    for (int i = 0; i < 5; i++) {
      keys.run("loginHSM -u CU -s kmsuser -p wrongPassword");
    }
    cluster.heal(A);
    cluster.heal(B);

    assertThat(cli.run("user list")).contains("\"locked\": \"inconsistent\"");
    assertThat(users.run("listUsers").lines())
        .filteredOn(line -> line.contains("kmsuser"))
        .map(line -> line.contains("  5  "))
        .containsExactly(false, false, true);
  }

  @Test
  void deleteKey_oneNodePartitioned_keyComesBackFromThere() {
    keys.run(KMSUSER_LOGIN);
    keys.run("genSymKey -t 31 -s 32 -l mine");
    cluster.partition(C);

    assertThat(keys.run("deleteKey -k 262162"))
        .contains("Cfm3DeleteKey returned: 0xd0")
        .contains("Node id 1 and err state 0x00000000 : HSM Return: SUCCESS")
        .contains("Node id 2 and err state 0x000000d0 : HSM Error: The HSM cannot be reached");
    assertThat(cluster.keysOn(C)).hasSize(1);
  }

  @Test
  void generate_belowTheClisMinimum_makesNothing() {
    cluster.stopNode(A);
    cluster.partition(B);
    cli.run("login --username kmsuser --role crypto-user --password kmsPswd01");

    assertThat(cli.run("key generate-symmetric aes --label x --key-length-bytes 32"))
        .contains("must be available on at least 2 HSMs before being used.");

    assertThat(cluster.keysOn(C)).isEmpty();
    keys.run("quit");
  }

  // logins

  @Test
  void login_sixtyFourAtOnceWithWrongPasswords_exactlyFiveCountOnEachNode() throws Exception {
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger locked = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    for (int i = 0; i < 64; i++) {
      HsmConsole mine = cluster.console(Dialect.CLOUDHSM_MGMT_UTIL);
      threads.execute(
          () -> {
            await(start);
            String text = mine.run("loginHSM CU kmsuser wrongPassword");
            (text.contains("locked out") ? locked : wrong).incrementAndGet();
          });
    }
    start.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(wrong).hasValue(5);
    assertThat(locked).hasValue(59);
    assertThat(cluster.users(B))
        .filteredOn(user -> user.name().equals("kmsuser"))
        .allMatch(user -> user.locked() && user.failedLogins() == 5);
  }

  @Test
  void login_lockedAdmin_isUnlockedByAnotherAdmin() {
    users.run(ADMIN_LOGIN);
    users.run("createUser CO second password2\ny");
    HsmConsole other = cluster.console(Dialect.CLOUDHSM_MGMT_UTIL);
    for (int i = 0; i < 5; i++) {
      assertThat(other.run("loginHSM CO second wrongPassword")).contains("password is wrong");
    }
    assertThat(other.run("loginHSM CO second password2")).contains("locked out");

    users.run("changePswd CO second password3\ny");

    assertThat(other.run("loginHSM CO second password3")).contains("success on server 2");
  }

  @Test
  void login_adminOnSeveralConsoles_worksAndItsPasswordIsItsOwn() {
    users.run(ADMIN_LOGIN);
    assertThat(cli.run("login --username Admin --role admin --password adminPswd01"))
        .contains("\"error_code\": 0");

    assertThat(users.run("changePswd CO admin another1\ny")).contains("success on server 0");
    assertThat(users.run("loginHSM CU kmsuser kmsPswd01")).contains("User is already logged in");
  }

  @Test
  void login_applianceUser_isNotPermitted() {
    assertThat(users.run("loginHSM AU app_user password")).contains("not permitted");
    assertThat(users.run(ADMIN_LOGIN + "\nchangePswd AU app_user password\ny"))
        .contains("changePswd failed on server 0(10.0.0.4): HSM Error: The user is not permitted");
  }

  @Test
  void changePswd_loggedInElsewhere_isRefusedEvenToAnAdmin() {
    keys.run(KMSUSER_LOGIN);
    users.run(ADMIN_LOGIN);

    assertThat(users.run("changePswd CU kmsuser tempPassword\ny"))
        .contains("changePswd failed on server 2(10.0.2.4): HSM Error: User is already logged in");
    assertThat(users.run("deleteUser CU kmsuser\ny")).contains("User is already logged in");
  }

  @Test
  void exit_withoutLogout_keyMgmtUtilStaysLoggedInUntilLogoutHsm() {
    keys.run(KMSUSER_LOGIN);
    keys.run("exit");
    assertFails(Reason.ALREADY_LOGGED_IN, ClusterBuilder.KMSUSER_PASSWORD);

    cluster.console(Dialect.KEY_MGMT_UTIL).run("logoutHSM");

    cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quit", "exit"})
  void quit_mgmtUtil_logsOut(String command) {
    users.run("loginHSM CU kmsuser kmsPswd01");
    assertFails(Reason.ALREADY_LOGGED_IN, ClusterBuilder.KMSUSER_PASSWORD);

    users.run(command);

    cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
    assertThat(users.run("listUsers")).isEqualTo("The tool is not running.\n");
  }

  @Test
  void sessionKey_logout_isGone() {
    keys.run(KMSUSER_LOGIN);
    keys.run("genSymKey -t 31 -s 16 -l session -sess");
    keys.run("genSymKey -t 31 -s 16 -l token");

    keys.run("logoutHSM");

    assertThat(cluster.keysOn(A)).extracting(key -> key.label()).containsExactly("token");
  }

  @Test
  void deleteKey_notTheOwner_isDenied() {
    keys.run(KMSUSER_LOGIN);
    keys.run("genSymKey -t 31 -s 32 -l mine\nlogoutHSM");
    cluster.createUser("other", "password2", Role.CRYPTO_USER);
    keys.run("loginHSM -u CU -s other -p password2");

    assertThat(keys.run("deleteKey -k 262162"))
        .contains("Cfm3DeleteKey returned: 0xc6 : HSM Error: Key Access is denied.");
    assertThat(keys.run("findKey")).contains("Total number of keys present 0");
    assertThat(cluster.keysOn(A)).hasSize(1);
  }

  // limits and rules

  @Test
  void createUser_namesAndPasswordsOutsideTheRules_areDeniedAndChangeNothing() {
    List<UserView> before = cluster.users(A);

    for (String name : List.of("", "a".repeat(32), "semi;colon", "white space", "ümlaut")) {
      assertDenied(cluster.createUser(name, "password1", Role.CRYPTO_USER));
    }
    for (String password : List.of("six666", "a".repeat(33), "pass-word", "pässword1", "")) {
      assertDenied(cluster.createUser("somebody", password, Role.CRYPTO_USER));
      assertDenied(cluster.changePassword("kmsuser", password));
    }
    assertDenied(cluster.createUser("somebody", "password1", Role.APPLIANCE_USER));

    assertThat(cluster.users(A)).isEqualTo(before);
    assertThat(cluster.createUser("a".repeat(31), "seven77", Role.ADMIN)).allMatch(Outcome::done);
    assertThat(cluster.changePassword("kmsuser", "a".repeat(32))).allMatch(Outcome::done);
  }

  @Test
  void createUser_beyondTheLimit_failsCapacity() {
    for (int i = 3; i < 1024; i++) {
      cluster.createUser("user_" + i, "password1", Role.CRYPTO_USER);
    }
    assertThat(cluster.users(A)).hasSize(1024);

    assertThat(cluster.createUser("one_more", "password1", Role.CRYPTO_USER))
        .extracting(Outcome::failure)
        .containsOnly(Reason.CAPACITY);
  }

  @Test
  void login_connectionsExhausted_failsCapacityUntilOneCloses() {
    for (int i = 0; i < 899; i++) {
      cluster.console(Dialect.CLOUDHSM_MGMT_UTIL).run(ADMIN_LOGIN);
    }
    users.run(ADMIN_LOGIN);

    assertFails(Reason.CAPACITY, ClusterBuilder.KMSUSER_PASSWORD);

    users.close();
    cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
  }

  // asking back

  @Test
  void confirmation_anythingButYesOrNo_asksAgain() {
    users.run(ADMIN_LOGIN);

    assertThat(users.run("deleteUser CU kmsuser"))
        .endsWith("Do you want to continue(y/n)?\n")
        .contains("*************************CAUTION");
    assertThat(users.run("maybe")).isEqualTo("Do you want to continue(y/n)?\n");
    assertThat(users.run("n")).isEqualTo("The operation was not executed.\n");
    assertThat(cluster.users(A)).hasSize(3);
  }

  @Test
  void networkCut_everyToolSaysSo() {
    cluster.cutNetwork();

    assertThat(users.run(ADMIN_LOGIN)).contains("failed on server 0(10.0.0.4)");
    assertThat(keys.run(KMSUSER_LOGIN)).contains("Cfm3LoginHSM returned: 0xd0 : HSM Error: ");
    assertThat(cli.run("user list")).contains("\"data\": \"The HSM cannot be reached\"");
    assertThat(cli.run("key list")).contains("\"error_code\": 1");
  }

  private void assertFails(Reason reason, String password) {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(() -> cluster.loginAs("kmsuser", password).close())
        .extracting(HsmException::reason)
        .isEqualTo(reason);
  }

  private static void assertDenied(List<Outcome> outcomes) {
    assertThat(outcomes).hasSize(3).extracting(Outcome::failure).containsOnly(Reason.DENIED);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
