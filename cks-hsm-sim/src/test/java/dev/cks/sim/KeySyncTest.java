package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.user.Role;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which HSM has which key when, and what is never brought back. */
final class KeySyncTest {
  private static final String A = "us-east-1a";
  private static final String B = "us-east-1b";
  private static final String C = "us-east-1c";
  private static final BackingKeyId ID = new BackingKeyId(1, 2);

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(42);

  private static HsmSession login(SimulatedCluster cluster) {
    return cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
  }

  private static List<Integer> keys(SimulatedCluster cluster) {
    return List.of(cluster.keysOn(A).size(), cluster.keysOn(B).size(), cluster.keysOn(C).size());
  }

  @Test
  void generate_withLag_isOnTheQuorumAtOnceAndEverywhereAfterTheLag() {
    SimulatedCluster cluster = service.cluster().syncLag(Duration.ofSeconds(3)).create();
    HsmSession session = login(cluster);
    session.generateAes256(ID, "x");

    assertThat(keys(cluster)).containsExactly(1, 1, 0);
    service.clock().advance(Duration.ofMillis(2999));
    assertThat(keys(cluster)).containsExactly(1, 1, 0);
    cluster.stopNode(A);
    assertThat(session.find(ID)).isPresent();
    service.clock().advance(Duration.ofMillis(1));
    assertThat(cluster.keysOn(C)).hasSize(1);
  }

  @Test
  void destroy_missedByAPartitionedHsm_isNotUndoneOnTheOthers() {
    SimulatedCluster cluster = service.cluster().create();
    HsmSession session = login(cluster);
    session.generateAes256(ID, "x");
    cluster.partition(C);
    session.destroy(ID);

    cluster.heal(C);
    cluster.stopNode(B);
    cluster.startNode(B); // a copy of A, which knows what it destroyed

    assertThat(keys(cluster)).containsExactly(0, 0, 1);
    assertThat(session.destroy(ID)).allMatch(Outcome::done);
    assertThat(keys(cluster)).containsExactly(0, 0, 0);
  }

  @Test
  void heal_bothSidesMadeKeys_eachGetsWhatTheOtherMade() {
    SimulatedCluster cluster = service.cluster().nodes(4).create();
    HsmSession session = login(cluster);
    cluster.partition(C);
    session.generateAes256(ID, "x");
    cluster.heal(C);

    assertThat(cluster.facts().hsms()).allMatch(hsm -> cluster.keysOn(hsm.id()).size() == 1);
  }

  @Test
  void script_changePasswordAnswerLost_leavesBothPasswordsInTheSessionsHand() {
    SimulatedCluster cluster = service.cluster().create();
    HsmSession session = login(cluster);
    cluster
        .faults()
        .install(
            FaultPlan.script(
                """
                after the 1st CHANGE_PASSWORD at us-east-1b: answer lost
                during the 1st CHANGE_PASSWORD at us-east-1c: zone cut off for 2 calls
                """));
    try (SecretBytes fresh = SecretBytes.ofText("freshPassword")) {
      assertThat(session.changePassword(fresh)).filteredOn(Outcome::done).hasSize(1);
      session.list();
      session.list();
      session.list(); // C is back, and lets the session in with the password it still has
      assertThat(session.changePassword(fresh)).allMatch(Outcome::done);
    }
    session.close();
    cluster.loginAs("kmsuser", "freshPassword").close();
  }

  @Test
  void plan_wouldExceedTheBudget_isWithheldAlsoAfterAnOperatorsHand() {
    SimulatedCluster cluster = service.cluster().create();
    HsmSession session = login(cluster);
    cluster.stopNode(A);
    cluster.faults().install(FaultPlan.script("before each FIND: node down"));

    assertThat(session.find(ID)).isEmpty();
    assertThat(cluster.facts().activeHsms()).hasSize(2);
    assertThat(cluster.faults().withheld()).isPositive();
    assertThat(cluster.faults().strikes()).isEmpty();

    cluster.startNode(A);
    session.list();
    cluster.faults().install(FaultPlan.script("before each FIND: node down").unbounded());
    assertThat(catchThrowable(() -> session.find(ID))).hasMessageContaining("active HSM");
    assertThat(cluster.facts().activeHsms()).isEmpty();
  }

  @Test
  void journal_controlCalls_tellsWhoDidWhatWhereAndCountsCrypto() {
    SimulatedCluster cluster = service.cluster().create();
    cluster.createUser("somebody", "theirPassword1", Role.CRYPTO_USER);
    HsmSession session = login(cluster);
    session.generateAes256(ID, "x");
    cluster.stopNode(A);
    cluster.faults().install(FaultPlan.script("after the 2nd RANDOM: answer lost"));
    session.random(new byte[1]);
    session.random(new byte[1]);

    String hsm = cluster.facts().hsms().get(1).id();
    assertThat(service.journal().text())
        .contains("kmsuser: LOGIN on " + hsm + ": done")
        .contains("kmsuser: GENERATE_KEY " + ID + " handle 262162 on " + hsm + ": done")
        .contains("operator: create user somebody on " + hsm + ": done")
        .contains("operator: stop on ")
        .contains("fault: after the 2nd RANDOM: answer lost on " + hsm + ": struck")
        .doesNotContain("theirPassword1")
        .doesNotContain(ClusterBuilder.KMSUSER_PASSWORD);
    assertThat(service.journal().calls(hsm, FaultPoint.RANDOM)).isEqualTo(2);
    assertThat(service.journal().entries()).hasSize((int) service.journal().size());
  }
}
