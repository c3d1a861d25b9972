package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cks.tck.model.ClusterPlan;
import dev.cks.tck.model.History;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyStoreWorldTest {
  private static final Step ENCRYPT = Step.ofCrypto(Kind.ENCRYPT, 0, 0, "");

  @Test
  void create_givesAConnectedStoreAndAKeyThatWorks() {
    try (KeyStoreWorld world = KeyStoreWorld.create()) {
      assertThat(world.isConnected()).isTrue();
      assertThat(world.take(ENCRYPT)).isEqualTo(ReferenceModel.OK);
      assertThat(world.kms().describeKey(r -> r.keyId(world.keyId())).keyMetadata().enabled())
          .isTrue();
      assertThat(world.history().steps()).containsExactly(ENCRYPT);
      world.checkInvariants();
    }
  }

  @Test
  void repair_afterAnOutage_connectsAgainAndIsNoStepOfTheHistory() {
    try (KeyStoreWorld world = KeyStoreWorld.create()) {
      world.take(Step.ofStore(Kind.SET_KMSUSER_PASSWORD, 0, "p1"));
      world.take(Step.ofStore(Kind.CUT_NETWORK, 0, ""));
      world.take(Step.ofStore(Kind.DISCONNECT, 0, ""));
      world.take(Step.ofStore(Kind.CONNECT, 0, ""));
      assertThat(world.isConnected()).isFalse();
      assertThat(world.take(ENCRYPT)).isEqualTo("KMSInvalidStateException");

      assertThat(world.repair()).isTrue();

      assertThat(world.history().steps()).hasSize(5);
      assertThat(world.take(ENCRYPT)).isEqualTo(ReferenceModel.OK);
    }
  }

  @Test
  void repair_withoutTheCluster_saysThatItCannot() {
    try (KeyStoreWorld world = KeyStoreWorld.create()) {
      world.take(Step.ofStore(Kind.DELETE_CLUSTER, 0, ""));
      world.take(Step.ofStore(Kind.DISCONNECT, 0, ""));

      assertThat(world.repair()).isFalse();
    }
  }

  @Test
  void play_ofAPrintedHistory_takesTheSameSteps() {
    ClusterPlan plan = new ClusterPlan(0, "a", 2, 4, 100, true, false);
    try (KeyStoreWorld world = KeyStoreWorld.on(plan, Duration.ofMinutes(1))) {
      world.take(Step.ofStore(Kind.DISCONNECT, 0, ""));
      world.take(Step.advance(Duration.ofMinutes(1)));
      world.take(Step.ofStore(Kind.CONNECT, 0, ""));
      History printed = History.parse(world.history().script());

      try (KeyStoreWorld again = KeyStoreWorld.before(printed)) {
        again.play(printed);

        assertThat(again.history()).isEqualTo(world.history());
        assertThat(again.aws().cluster().facts().hsms()).hasSize(4);
        assertThat(again.isConnected()).isFalse();
        again.take(Step.advance(Duration.ofMinutes(1)));
        assertThat(again.isConnected()).isTrue();
      }
    }
  }

  @Test
  void take_ofAStepThatThereIsNotHere_saysWhatToTakeInstead() {
    try (KeyStoreWorld world = KeyStoreWorld.create()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> world.take(Step.ofStore(Kind.FAIL_NEXT_LOGIN, 0, "")))
          .withMessageContaining("INSTALL_FAULTS");
      assertThat(world.history().steps()).isEmpty();
    }
  }
}
