package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A key in use is not looked up again, but whatever happens to it meanwhile is noticed. */
final class WarmKeyTest {
  private static final BackingKeyId ID = new BackingKeyId(1, 2);
  private static final String LABEL = "arn:aws:kms:us-east-1:111122223333:key/x";
  private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

  private final SimulatedCluster cluster = SimulatedCloudHsm.withSeed(42).cluster().create();
  private final HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
  private final HsmKey key = session.generateAes256(ID, LABEL);

  private byte[] encrypt() {
    byte[] out = new byte[key.ciphertextLength(4)];
    key.encrypt(new byte[1], new byte[4], 0, 4, out, 0);
    return out;
  }

  private void warm() {
    encrypt();
    encrypt();
  }

  private void assertFails(Reason reason) {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(this::encrypt)
        .extracting(HsmException::reason)
        .isEqualTo(reason);
  }

  @Test
  void destroyed_isNotFoundFromThenOn() {
    warm();

    session.destroy(ID);

    assertFails(Reason.KEY_NOT_FOUND);
  }

  @Test
  void deletedByAnOperator_isNotFoundFromThenOn() {
    warm();

    cluster.deleteKey(LABEL);

    assertFails(Reason.KEY_NOT_FOUND);
  }

  @Test
  void nodeWhereItWasSeen_stopsOrIsCutOff_anotherOneServes() {
    warm();
    cluster.stopNode(ZONES.get(0));
    warm();
    cluster.partition(ZONES.get(1));
    warm();

    cluster.partition(ZONES.get(2));

    assertFails(Reason.UNREACHABLE);
    cluster.heal(ZONES.get(2));
    warm();
  }

  @Test
  void networkCut_isUnreachableUntilRestored() {
    warm();

    cluster.cutNetwork();

    assertFails(Reason.UNREACHABLE);
    cluster.restoreNetwork();
    warm();
  }

  @Test
  void allNodesStopped_noActiveHsm() {
    warm();

    ZONES.forEach(cluster::stopNode);

    assertFails(Reason.NO_ACTIVE_HSM);
  }

  @Test
  void sessionClosed_isNotLoggedIn() {
    warm();

    session.close();

    assertFails(Reason.NOT_LOGGED_IN);
  }

  @Test
  void sessionsOccupied_isBeyondCapacity() {
    warm();

    cluster.occupySessions(SimulatedCluster.SESSION_LIMIT);

    assertFails(Reason.CAPACITY);
    cluster.occupySessions(0);
    warm();
  }

  @Test
  void faultPlanInstalled_strikesTheNextUse() {
    warm();

    cluster.faults().install(FaultPlan.script("before each ENCRYPT: slow by 30 s"));

    assertFails(Reason.UNREACHABLE);
    assertThat(cluster.faults().struck()).isNotEmpty();
    cluster.faults().clear();
    warm();
  }

  @Test
  void destroyRacingUse_answersCiphertextThatOpens_orNotFound_neverGarbage() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 100; round++) {
        BackingKeyId id = new BackingKeyId(7, round);
        HsmKey raced = session.generateAes256(id, LABEL + round);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean gone = new AtomicBoolean();
        Future<?> one = threads.submit(() -> use(raced, go, gone));
        Future<?> two = threads.submit(() -> use(raced, go, gone));
        Future<?> end =
            threads.submit(
                () -> {
                  await(go);
                  session.destroy(id);
                  gone.set(true);
                });
        go.countDown();
        one.get(60, TimeUnit.SECONDS);
        two.get(60, TimeUnit.SECONDS);
        end.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Uses the key until it is gone; after its destruction was answered no use may succeed. */
  private static void use(HsmKey raced, CountDownLatch go, AtomicBoolean gone) {
    await(go);
    byte[] plaintext = {1, 2, 3, 4};
    while (true) {
      boolean wasGone = gone.get();
      byte[] out = new byte[raced.ciphertextLength(plaintext.length)];
      byte[] back = new byte[plaintext.length];
      try {
        raced.encrypt(new byte[1], plaintext, 0, plaintext.length, out, 0);
        assertThat(wasGone).isFalse();
        raced.decrypt(new byte[1], out, 0, out.length, back, 0);
        assertThat(back).isEqualTo(plaintext);
      } catch (HsmException e) {
        assertThat(e.reason()).isEqualTo(Reason.KEY_NOT_FOUND);
        return;
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
