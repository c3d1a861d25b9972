package dev.cks.sim.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.HsmException.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HsmNodeTest {
  private static final SecretBytes RIGHT = SecretBytes.ofText("rightPassword");
  private static final SecretBytes WRONG = SecretBytes.ofText("wrongPassword");

  private final HsmNode node = new HsmNode("hsm-abcdefghijk", "us-east-1a", "10.0.0.4");

  @BeforeEach
  void createUsers() {
    node.activate(RIGHT);
    node.createUser("kmsuser", Role.CRYPTO_USER, RIGHT, new byte[16]);
  }

  @Test
  void login_wrongPasswordFiveTimes_locksAndTheFifthStillSaysWrong() {
    for (int i = 0; i < 5; i++) {
      assertThat(login(WRONG)).isEqualTo(Reason.AUTH_FAILED);
    }

    assertThat(login(RIGHT)).isEqualTo(Reason.LOCKED_OUT);
    assertThat(login(WRONG)).isEqualTo(Reason.LOCKED_OUT);
    assertThat(node.users().get(2))
        .isEqualTo(new UserView(3, "kmsuser", Role.CRYPTO_USER, 5, true, false));
  }

  @Test
  void login_sixtyFourThreads_exactlyFiveHearWrong() throws InterruptedException {
    Map<Reason, Integer> answers = new ConcurrentHashMap<>();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(64);
    try {
      for (int i = 0; i < 64; i++) {
        threads.execute(
            () -> {
              awaitQuietly(start);
              answers.merge(Objects.requireNonNull(login(WRONG)), 1, Integer::sum);
            });
      }
      start.countDown();
    } finally {
      threads.shutdown();
      assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    assertThat(answers).isEqualTo(Map.of(Reason.AUTH_FAILED, 5, Reason.LOCKED_OUT, 59));
  }

  @Test
  void login_successAfterFourFailures_resetsTheCounter() {
    for (int i = 0; i < 4; i++) {
      login(WRONG);
    }
    assertThat(login(RIGHT)).isNull();

    assertThat(node.users()).extracting(UserView::failedLogins).containsOnly(0);
  }

  @Test
  void login_somebodyElseIsIn_failsAlreadyLoggedIn() {
    Object session = new Object();
    assertThat(node.login("kmsuser", RIGHT, session)).isNull();

    assertThat(node.login("kmsuser", RIGHT, session)).isNull();
    assertThat(login(RIGHT)).isEqualTo(Reason.ALREADY_LOGGED_IN);
    assertThat(login(WRONG)).isEqualTo(Reason.AUTH_FAILED);

    node.logout("kmsuser", session);
    assertThat(login(RIGHT)).isNull();
  }

  @Test
  void login_notACryptoUser_failsUserNotFound() {
    assertThat(node.login("admin", RIGHT, this)).isEqualTo(Reason.USER_NOT_FOUND);
    assertThat(node.login("nobody", RIGHT, this)).isEqualTo(Reason.USER_NOT_FOUND);
  }

  @Test
  void changePassword_byAdmin_unlocks() {
    Collections.nCopies(5, WRONG).forEach(this::login);

    assertThat(node.changePassword("kmsuser", RIGHT)).isNull();

    assertThat(login(RIGHT)).isNull();
  }

  @Test
  void changePassword_byAdminWhileLoggedIn_isRefused() {
    login(RIGHT);

    assertThat(node.changePassword("kmsuser", WRONG)).isEqualTo(Reason.ALREADY_LOGGED_IN);
    assertThat(node.deleteUser("kmsuser")).isEqualTo(Reason.ALREADY_LOGGED_IN);
  }

  @Test
  void stop_loggedInUser_isLoggedOut() {
    login(RIGHT);

    node.stop();

    assertThat(node.users()).noneMatch(UserView::loggedIn);
  }

  private @Nullable Reason login(SecretBytes password) {
    return node.login("kmsuser", password, new Object());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
