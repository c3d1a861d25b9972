package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Cryptographic calls racing everything else: documented refusals and right plaintexts only. */
@Timeout(120)
class ConcurrencyTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 60;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private final Set<String> refusals = ConcurrentHashMap.newKeySet();
  private final AtomicInteger successes = new AtomicInteger();

  @AfterEach
  void stop() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).as("no deadlock").isTrue();
  }

  private interface Step {
    void run(int round) throws Exception;
  }

  /** Runs each step in a thread of its own, all from the same moment on. */
  private void race(Step... steps) throws Exception {
    CyclicBarrier start = new CyclicBarrier(steps.length);
    List<Future<Void>> threads = new ArrayList<>();
    for (Step step : steps) {
      Callable<Void> rounds =
          () -> {
            start.await();
            for (int round = 0; round < ROUNDS; round++) {
              step.run(round);
            }
            return null;
          };
      threads.add(pool.submit(rounds));
    }
    for (Future<Void> thread : threads) {
      thread.get(); // what a thread threw is what this test fails with
    }
  }

  private void roundTrip(Account account, String key, int round) {
    String text = "text " + round;
    try {
      SdkBytes blob = account.encrypt(key, text);
      assertThat(account.decrypt(blob)).isEqualTo(text);
      successes.incrementAndGet();
    } catch (KmsException refused) {
      refusals.add(refused.awsErrorDetails().errorCode());
    }
  }

  @Test
  void crypto_racingDisconnectAndConnect_succeedsOrIsRefusedAsDocumented() throws Exception {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      race(
          round -> {
            account.disconnect();
            account.connect();
          },
          round -> roundTrip(account, key, round),
          round -> roundTrip(account, key, round),
          round -> {
            try {
              account.kms.generateRandom(r -> r.numberOfBytes(8).customKeyStoreId(account.store));
            } catch (KmsException refused) {
              refusals.add(refused.awsErrorDetails().errorCode());
            }
          });

      assertThat(refusals)
          .isSubsetOf("KMSInvalidStateException", "CustomKeyStoreInvalidStateException");
      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
      roundTrip(account, key, -1);
      assertThat(successes).hasPositiveValue();
    }
  }

  @Test
  void crypto_racingDisableAndEnable_succeedsOrIsRefusedAsDocumented() throws Exception {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      race(
          round -> {
            account.kms.disableKey(r -> r.keyId(key));
            account.kms.enableKey(r -> r.keyId(key));
          },
          round -> roundTrip(account, key, round),
          round -> roundTrip(account, key, round));

      assertThat(refusals).isSubsetOf("DisabledException");
      roundTrip(account, key, -1);
      assertThat(successes).hasPositiveValue();
    }
  }

  @Test
  void crypto_racingTheEndOfItsKey_succeedsOrIsRefusedAsDocumented() throws Exception {
    try (Account account = Account.connected()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        keys.add(account.customKey());
      }

      race(
          round -> {
            account.kms.scheduleKeyDeletion(r -> r.keyId(keys.get(round)).pendingWindowInDays(7));
            account.aws.clock().advance(Duration.ofDays(8));
          },
          round -> roundTrip(account, keys.get(round), round),
          round -> roundTrip(account, keys.get(round), round));

      assertThat(refusals).isSubsetOf("KMSInvalidStateException", "NotFoundException");
      assertThat(account.kms.listKeys().keys()).isEmpty();
      assertThat(account.labelsOnEachHsm()).allMatch(List::isEmpty);
    }
  }

  @Test
  void crypto_racingDeletedMaterial_succeedsOrIsRefusedAsDocumented() throws Exception {
    try (Account account = Account.connected()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        keys.add(account.customKey());
      }

      race(
          round -> account.cluster.deleteKey(keys.get(round)),
          round -> roundTrip(account, keys.get(round), round),
          round -> roundTrip(account, keys.get(round), round));

      assertThat(refusals).isSubsetOf("KMSInvalidStateException");
    }
  }

  @Test
  void createKey_racingDisconnectAndConnect_leavesKeyAndMaterialTogether() throws Exception {
    try (Account account = Account.connected()) {
      Set<String> made = ConcurrentHashMap.newKeySet();
      Step create =
          round -> {
            try {
              made.add(account.customKey());
            } catch (KmsException refused) {
              refusals.add(refused.awsErrorDetails().errorCode());
            }
          };

      race(
          round -> {
            account.disconnect();
            account.connect();
          },
          create,
          create,
          create);

      assertThat(refusals).isSubsetOf("CustomKeyStoreInvalidStateException");
      assertThat(account.kms.listKeysPaginator().keys().stream().map(key -> key.keyArn()))
          .containsExactlyInAnyOrderElementsOf(made);
      assertThat(account.labelsOnEachHsm()).hasSize(3).allMatch(labels -> labels.containsAll(made));
      made.forEach(key -> roundTrip(account, key, 0));
      assertThat(successes).hasValue(made.size());
    }
  }

  @Test
  void crypto_racingHsmsThatComeAndGo_neverFails() throws Exception {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      race(
          round -> {
            account.cluster.stopNode("us-east-1b");
            account.cluster.startNode("us-east-1b");
          },
          round -> {
            account.cluster.partition("us-east-1c");
            account.cluster.heal("us-east-1c");
          },
          round -> roundTrip(account, key, round),
          round -> roundTrip(account, key, round));

      assertThat(refusals).isEmpty();
      assertThat(successes).hasValue(2 * ROUNDS);
    }
  }

  @Test
  void stores_createdByManyThreads_neverShareNameOrCluster() throws Exception {
    try (Account account = Account.disconnected()) {
      var cluster = account.aws.cloudHsm().cluster().create();
      Set<String> made = ConcurrentHashMap.newKeySet();
      Step create =
          round -> {
            String password = "password" + Thread.currentThread().getId() + "x" + round;
            try {
              made.add(Account.create(account.kms, "Contested" + (round % 3), cluster, password));
            } catch (KmsException refused) {
              refusals.add(refused.awsErrorDetails().errorCode());
            }
          };

      race(create, create, create, create);

      assertThat(made).hasSize(1);
      assertThat(refusals)
          .isSubsetOf("CloudHsmClusterInUseException", "CustomKeyStoreNameInUseException");
    }
  }
}
