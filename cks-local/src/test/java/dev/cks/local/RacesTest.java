package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.service.Quotas;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Control-plane calls that race each other and the data plane: what may be seen, and what not. */
@Timeout(60)
class RacesTest {
  private static final String INVALID_STATE = "KMSInvalidStateException";
  private static final String STORE_INVALID_STATE = "CustomKeyStoreInvalidStateException";
  private static final String STORE_NOT_FOUND = "CustomKeyStoreNotFoundException";

  private final ExecutorService pool = Executors.newFixedThreadPool(5);
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).as("no deadlock").isTrue();
  }

  private interface Step {
    void run(int round);
  }

  /** Runs each step in a thread of its own; every round begins for all at the same moment. */
  private void race(int rounds, Step... steps) throws Exception {
    CyclicBarrier round = new CyclicBarrier(steps.length);
    List<Future<Void>> threads = new ArrayList<>();
    for (Step step : steps) {
      Callable<Void> thread =
          () -> {
            for (int number = 0; number < rounds; number++) {
              round.await();
              documented(step, number);
            }
            return null;
          };
      threads.add(pool.submit(thread));
    }
    for (Future<Void> thread : threads) {
      thread.get();
    }
  }

  private void documented(Step step, int round) {
    try {
      step.run(round);
    } catch (KmsException refused) {
      refusals.add(refused.awsErrorDetails().errorCode());
    }
  }

  /** A step at which a thread waits until it is let go. */
  private static final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void pass() {
      reached.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    void awaitReached() throws InterruptedException {
      reached.await();
    }

    void open() {
      open.countDown();
    }
  }

  @Test
  void disconnectDuringEncrypt_refusesTheNextAtOnce_andLetsTheOneInFlightEnd() throws Exception {
    try (InterposedAccount account = InterposedAccount.connected()) {
      String key = account.customKey();
      Gate gate = new Gate();
      account.interposed.beforeEncryption = gate::pass;
      Future<?> inFlight = pool.submit(() -> documented(round -> account.encrypt(key), 0));
      gate.awaitReached();

      account.disconnect();
      account.interposed.beforeEncryption = () -> refusals.add("began after the disconnect");
      assertRefused(INVALID_STATE, () -> account.encrypt(key)).isNotBlank();

      gate.open();
      inFlight.get();
      assertThat(refusals).isSubsetOf(INVALID_STATE);
    }
  }

  @Test
  void scheduledDeletionDuringEncrypt_refusesTheNext_andLetsTheOneInFlightFinish()
      throws Exception {
    try (InterposedAccount account = InterposedAccount.connected()) {
      String key = account.customKey();
      Gate gate = new Gate();
      account.interposed.beforeEncryption = gate::pass;
      Future<?> inFlight = pool.submit(() -> documented(round -> account.encrypt(key), 0));
      gate.awaitReached();

      account.kms.scheduleKeyDeletion(r -> r.keyId(key));
      account.interposed.beforeEncryption = () -> refusals.add("began after the schedule");
      assertRefused(INVALID_STATE, () -> account.encrypt(key)).contains("pending deletion");

      gate.open();
      inFlight.get();
      assertThat(refusals).isEmpty();
    }
  }

  @Test
  void connect_whileACancelledAttemptStillLogsIn_waitsForItsTurn_andSucceeds() throws Exception {
    try (InterposedAccount account = new InterposedAccount()) {
      Gate gate = new Gate();
      account.interposed.beforeLogin = gate::pass;
      Future<?> first = pool.submit(account::connect);
      gate.awaitReached();
      account.interposed.beforeLogin = () -> {};

      account.disconnect();
      assertThat(account.connection()).hasToString("DISCONNECTED");
      account.connect();
      assertThat(account.connection()).hasToString("CONNECTING");

      gate.open();
      first.get();
      assertThat(account.connection()).hasToString("CONNECTED");
      assertThat(account.encrypt(account.customKey()).asByteArray()).isNotEmpty();
    }
  }

  @Test
  void connect_whileACancelledAttemptChangesThePassword_knowsThePassword() throws Exception {
    try (InterposedAccount account = new InterposedAccount()) {
      Gate gate = new Gate();
      account.interposed.beforeRotation = gate::pass;
      Future<?> first = pool.submit(account::connect);
      gate.awaitReached();
      account.interposed.beforeRotation = () -> {};
      account.disconnect();
      account.connect();

      gate.open();
      first.get();
      for (int time = 0; time < 3; time++) {
        assertThat(account.connection()).hasToString("CONNECTED");
        account.disconnect();
        account.connect();
      }
    }
  }

  @Test
  void connectsAndDisconnects_ofManyThreads_neverFailTheStore() throws Exception {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      Set<String> states = ConcurrentHashMap.newKeySet();
      Step look =
          round -> {
            states.add(account.connection().toString());
            account.encrypt(key, "x");
          };

      race(
          150,
          round -> account.connect(),
          round -> account.connect(),
          round -> account.disconnect(),
          round -> account.disconnect(),
          look);

      assertThat(refusals).isSubsetOf(STORE_INVALID_STATE, INVALID_STATE);
      assertThat(states).doesNotContain("FAILED");
      if (!account.connection().toString().equals("CONNECTED")) {
        account.connect();
      }
      assertThat(account.connection()).hasToString("CONNECTED");
      assertThat(account.decrypt(account.encrypt(key, "x"))).isEqualTo("x");
    }
  }

  @Test
  void everythingAtOnceOnOneStore_isRefusedAsDocumented_andTheStoreCanBeRepaired()
      throws Exception {
    try (Account account = Account.disconnected()) {
      race(
          100,
          round -> account.connect(),
          round -> account.connect(),
          round -> account.disconnect(),
          round -> account.tell("password" + round));

      assertThat(refusals).isSubsetOf(STORE_INVALID_STATE);
      if (!account.connection().toString().equals("DISCONNECTED")) {
        account.disconnect();
      }
      account.cluster.changePassword(SimulatedCluster.KMSUSER, "repaired1");
      account.tell("repaired1");
      account.connect();
      assertThat(account.connection()).hasToString("CONNECTED");
    }
  }

  @Test
  void deletionOfAStore_racingEverythingElse_isDoneOrRefused_andNothingIsLeftHalfDone()
      throws Exception {
    try (Account account = Account.disconnected()) {
      int rounds = 60;
      List<String> ids = new ArrayList<>();
      SimulatedCluster cluster = account.aws.cloudHsm().cluster().create();
      String[] current = {Account.create(account.kms, "Contested", cluster, Account.PASSWORD)};
      CyclicBarrier over =
          new CyclicBarrier(
              4,
              () -> {
                ids.add(current[0]);
                cluster.changePassword(SimulatedCluster.KMSUSER, Account.PASSWORD);
                current[0] = again(account, cluster, current[0]);
              });

      race(
          rounds,
          round -> ending(over, () -> connect(account, current[0])),
          round -> ending(over, () -> delete(account, current[0])),
          round -> ending(over, () -> tell(account, current[0])),
          round -> ending(over, () -> connect(account, current[0])));

      assertThat(ids).hasSize(rounds);
      assertThat(refusals).isSubsetOf(STORE_INVALID_STATE, STORE_NOT_FOUND);
    }
  }

  /** The store of the next round: the old one is gone for good, or can be deleted now. */
  private static String again(Account account, SimulatedCluster cluster, String old) {
    boolean there =
        account.kms.describeCustomKeyStores().customKeyStores().stream()
            .anyMatch(store -> store.customKeyStoreId().equals(old));
    if (there) {
      if (!account.describe(old).connectionStateAsString().equals("DISCONNECTED")) {
        account.kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(old));
      }
      cluster.changePassword(SimulatedCluster.KMSUSER, Account.PASSWORD);
      delete(account, old);
    }
    return Account.create(account.kms, "Contested", cluster, Account.PASSWORD);
  }

  private void ending(CyclicBarrier over, Runnable call) {
    documented(round -> call.run(), 0);
    try {
      over.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void connect(Account account, String store) {
    account.kms.connectCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  private static void delete(Account account, String store) {
    account.kms.deleteCustomKeyStore(r -> r.customKeyStoreId(store));
  }

  private static void tell(Account account, String store) {
    account.kms.updateCustomKeyStore(
        r -> r.customKeyStoreId(store).keyStorePassword(Account.PASSWORD));
  }

  @Test
  void cancelRacingTheEndOfTheWindow_leavesADisabledKeyWithItsMaterial_orNeither()
      throws Exception {
    try (Account account = Account.connected()) {
      int rounds = 100;
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        keys.add(account.customKey());
      }
      Set<Integer> cancelled = ConcurrentHashMap.newKeySet();
      CyclicBarrier scheduled = new CyclicBarrier(2);

      race(
          rounds,
          round -> {
            account.kms.scheduleKeyDeletion(r -> r.keyId(keys.get(round)).pendingWindowInDays(7));
            ending(scheduled, () -> {});
            account.aws.clock().advance(Duration.ofDays(8));
          },
          round -> {
            ending(scheduled, () -> {});
            account.kms.cancelKeyDeletion(r -> r.keyId(keys.get(round)));
            cancelled.add(round);
          });

      assertThat(refusals).isSubsetOf("NotFoundException");
      for (int round = 0; round < rounds; round++) {
        String key = keys.get(round);
        boolean kept = cancelled.contains(round);
        assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.contains(key) == kept);
        if (kept) {
          assertThat(account.keyState(key)).hasToString("Disabled");
        } else {
          assertRefused("NotFoundException", () -> account.key(key)).contains(key);
        }
      }
    }
  }

  @Test
  void identicalCreations_ofManyThreads_answerOneStore() throws Exception {
    try (Account account = Account.disconnected()) {
      Set<String> ids = ConcurrentHashMap.newKeySet();
      List<SimulatedCluster> clusters = new ArrayList<>();
      int rounds = 9; // with the first store, as many as the quota allows
      for (int i = 0; i < rounds; i++) {
        clusters.add(account.aws.cloudHsm().cluster().create());
      }
      Step create =
          round ->
              ids.add(
                  Account.create(
                      account.kms, "Twice" + round, clusters.get(round), Account.PASSWORD));

      race(rounds, create, create, create, create);

      assertThat(refusals).isEmpty();
      assertThat(ids).hasSize(rounds);
      assertThat(account.kms.describeCustomKeyStores().customKeyStores()).hasSize(rounds + 1);
    }
  }

  @Test
  void twoStores_doNotDisturbEachOther() throws Exception {
    try (Account account = Account.connected()) {
      String other = account.anotherStore("Other");
      String key = account.customKey();

      race(
          100,
          round -> {
            connect(account, other);
            account.kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(other));
          },
          round -> assertThat(account.decrypt(account.encrypt(key, "x"))).isEqualTo("x"),
          round -> assertThat(account.connection()).hasToString("CONNECTED"));

      assertThat(refusals).isEmpty();
    }
  }

  @Test
  void lastKeyOfTheQuota_goesToOneOfManyThreads() throws Exception {
    var three = Quotas.documented().withKeys(30);
    try (Account account = Account.connected(plan -> plan.quotas(three))) {
      Step create = round -> account.customKey();

      race(10, create, create, create, create);

      assertThat(refusals).containsExactly("LimitExceededException");
      assertThat(account.kms.listKeysPaginator().keys().stream().count()).isEqualTo(30);
      assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.size() == 30);
    }
  }
}
