package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.sim.user.UserView;
import dev.cks.spi.HsmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Five wrong passwords lock a user, however many try at once, and through whatever door. */
final class LockoutTest {
  private static final int THREADS = 64;
  private static final String WRONG = "wrongPassword1";
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(3);
  private final SimulatedCluster cluster = service.cluster().create();

  @AfterEach
  void close() {
    service.close();
  }

  /** How often each answer came when all try at the same moment. */
  private static Map<String, Long> answers(IntFunction<Callable<String>> tries) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Callable<String> attempt = tries.apply(i);
      answers.add(
          pool.submit(
              () -> {
                start.await();
                return attempt.call();
              }));
    }
    start.countDown();
    List<String> said = new ArrayList<>();
    for (Future<String> answer : answers) {
      said.add(answer.get(1, TimeUnit.MINUTES));
    }
    pool.shutdownNow();
    return said.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private String login(String password) {
    try (SecretBytes secret = SecretBytes.ofText(password)) {
      cluster.login(SimulatedCluster.KMSUSER, secret, null).close();
      return "in";
    } catch (HsmException refusal) {
      return refusal.reason().toString();
    }
  }

  private Callable<String> console(Dialect dialect, String command) {
    HsmConsole console = cluster.console(dialect);
    return () -> console.run(command).contains("locked out") ? "LOCKED_OUT" : "AUTH_FAILED";
  }

  private void assertLockedByExactlyFive() {
    for (String zone : ZONES) {
      assertThat(cluster.users(zone))
          .filteredOn(user -> user.name().equals(SimulatedCluster.KMSUSER))
          .singleElement()
          .matches(UserView::locked)
          .extracting(UserView::failedLogins)
          .isEqualTo(5);
    }
    assertThat(login(ClusterBuilder.KMSUSER_PASSWORD)).isEqualTo("LOCKED_OUT");
  }

  @Test
  void login_ofTheCluster_sixtyFourThreads_fiveAreWrongAndTheRestLockedOut() throws Exception {
    assertThat(answers(i -> () -> login(WRONG)))
        .isEqualTo(Map.of("AUTH_FAILED", 5L, "LOCKED_OUT", 59L));
    assertLockedByExactlyFive();
  }

  @Test
  void login_throughKeyMgmtUtil_sixtyFourThreads_fiveAreWrongAndTheRestLockedOut()
      throws Exception {
    assertThat(
            answers(i -> console(Dialect.KEY_MGMT_UTIL, "loginHSM -u CU -s kmsuser -p " + WRONG)))
        .isEqualTo(Map.of("AUTH_FAILED", 5L, "LOCKED_OUT", 59L));
    assertLockedByExactlyFive();
  }

  @Test
  void login_throughTheCli_sixtyFourThreads_fiveAreWrongAndTheRestLockedOut() throws Exception {
    String command = "login --username kmsuser --role crypto-user --password " + WRONG;
    assertThat(answers(i -> console(Dialect.CLOUDHSM_CLI, command)))
        .isEqualTo(Map.of("AUTH_FAILED", 5L, "LOCKED_OUT", 59L));
    assertLockedByExactlyFive();
  }

  @Test
  void login_throughAllDoorsAtOnce_fiveAreWrongAndTheRestLockedOut() throws Exception {
    String cli = "login --username kmsuser --role crypto-user --password " + WRONG;
    assertThat(
            answers(
                i ->
                    switch (i % 3) {
                      case 0 -> () -> login(WRONG);
                      case 1 -> console(Dialect.CLOUDHSM_MGMT_UTIL, "loginHSM CU kmsuser " + WRONG);
                      default -> console(Dialect.CLOUDHSM_CLI, cli);
                    }))
        .isEqualTo(Map.of("AUTH_FAILED", 5L, "LOCKED_OUT", 59L));
    assertLockedByExactlyFive();
  }

  @Test
  void login_rightAndWrongAtOnce_fourWrongOnesNeverLock() throws Exception {
    for (int round = 0; round < 20; round++) {
      answers(i -> () -> login(i % 16 == 0 ? WRONG : ClusterBuilder.KMSUSER_PASSWORD));
      for (String zone : ZONES) {
        assertThat(cluster.users(zone)).noneMatch(UserView::locked);
      }
      assertThat(login(ClusterBuilder.KMSUSER_PASSWORD)).isEqualTo("in");
    }
  }
}
