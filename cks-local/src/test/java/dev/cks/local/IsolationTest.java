package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.AccountRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyState;

/** Several simulated accounts in one JVM share nothing. */
@Timeout(60)
class IsolationTest {

  /** Everything that a seed decides, in the order in which it happened. */
  private static List<String> history(long seed) {
    RecordingSink events = new RecordingSink();
    List<String> history = new ArrayList<>();
    try (Account account = Account.connected(plan -> plan.seed(seed).audit(events))) {
      String key = account.customKey();
      account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(key));
      account.kms.scheduleKeyDeletion(r -> r.keyId(account.standardKey()).pendingWindowInDays(7));
      history.add(
          account
                  .kms
                  .generateDataKey(r -> r.keyId(key).numberOfBytes(32))
                  .plaintext()
                  .asByteArray()
                  .length
              + " bytes");
      account.disconnect();
      account.cluster.changePassword("kmsuser", "another1");
      account.connect();
      account.aws.clock().advance(Duration.ofDays(8));
      history.add(account.describe().toString());
      history.add(account.key(key).toString());
      history.add(account.cluster.facts().toString());
      history.add(account.cluster.keysOn("us-east-1a").toString());
    }
    events.all().forEach(event -> history.add(event.toString()));
    return history;
  }

  @Test
  void accounts_withTheSameSeed_inParallelThreads_haveTheSameHistory() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<List<String>>> histories = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        histories.add(
            pool.submit(
                () -> {
                  start.await();
                  return history(42);
                }));
      }
      List<String> alone = history(42);
      for (Future<List<String>> history : histories) {
        assertThat(history.get()).isEqualTo(alone);
      }
    } finally {
      pool.shutdownNow();
      assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void accounts_withDifferentSeeds_differ() {
    try (Account one = Account.connected(plan -> plan.seed(1));
        Account other = Account.connected(plan -> plan.seed(2))) {
      assertThat(one.store).isNotEqualTo(other.store);
      assertThat(one.customKey()).isNotEqualTo(other.customKey());
      assertThat(one.cluster.id()).isNotEqualTo(other.cluster.id());
    }
  }

  @Test
  void changes_inOneAccount_doNotShowInItsTwin() {
    try (Account one = Account.connected();
        Account twin = Account.connected()) {
      String key = one.customKey();
      assertThat(twin.customKey()).isEqualTo(key);
      var twinsTime = twin.aws.clock().now();

      one.disconnect();
      one.hsms().forEach(one.cluster::removeHsm);
      one.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
      one.aws.clock().advance(Duration.ofDays(8));

      assertThat(twin.aws.clock().now()).isEqualTo(twinsTime);
      assertThat(twin.connection()).hasToString("CONNECTED");
      assertThat(twin.keyState(key)).isEqualTo(KeyState.ENABLED);
      assertThat(twin.cluster.facts().activeHsms()).hasSize(3);
      assertThat(twin.decrypt(twin.encrypt(key, "fine"))).isEqualTo("fine");
    }
  }

  @Test
  void closing_oneAccount_leavesTheOther() {
    try (Account survivor = Account.connected()) {
      String key = survivor.customKey();
      SdkBytes blob = survivor.encrypt(key, "kept");
      Account.connected().close();

      assertThat(survivor.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void scope_namesAccountAndRegion() {
    AccountRegion scope = new AccountRegion("aws-cn", "cn-north-1", "444455556666");
    try (Account account = Account.connected(plan -> plan.scope(scope))) {
      assertThat(account.customKey()).startsWith("arn:aws-cn:kms:cn-north-1:444455556666:key/");
    }
  }
}
