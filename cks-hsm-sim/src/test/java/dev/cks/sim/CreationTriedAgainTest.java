package dev.cks.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same creation again, after one whose outcome nobody knows: one key, on every HSM. */
final class CreationTriedAgainTest {
  private static final BackingKeyId ID = new BackingKeyId(1, 1);
  private static final byte[] TEXT = "plaintext".getBytes(UTF_8);

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(7);
  private final SimulatedCluster cluster = service.cluster().create();
  private final HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);

  @AfterEach
  void wipe() {
    service.close();
  }

  @Test
  void generate_whileTheFirstRequestIsStillUnderWay_isUsable() {
    outcomeIsUnknownUnder("after the 1st GENERATE_KEY: slow by 30 s");

    HsmKey key = session.generateAes256(ID, "label"); // comes after the late one on that HSM

    assertThat(roundTrip(key)).isEqualTo(TEXT);
    service.clock().advance(Duration.ofMinutes(1));
    assertOneKeyOnEveryHsm();
    assertThat(roundTrip(key)).isEqualTo(TEXT);
  }

  @Test
  void generate_whereTheFirstWasUndoneOnOneHsm_isOnThatOneToo() {
    outcomeIsUnknownUnder(
        "before the 1st GENERATE_KEY: storage full\nafter the 2nd GENERATE_KEY: session lost");
    cluster.faults().clear();

    HsmKey key = session.generateAes256(ID, "label");

    assertOneKeyOnEveryHsm();
    assertThat(roundTrip(key)).isEqualTo(TEXT);
  }

  /** Seed 59 of the fault campaign: a twin that nobody was told of stood in for the key. */
  @Test
  void use_whereOnlyTheTwinOfAnInterruptedCreationAnswers_isRefused() {
    SimulatedCluster lagging = service.cluster().syncLag(Duration.ofMinutes(1)).create();
    HsmSession client = lagging.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD);
    install(
        lagging,
        "after the 1st GENERATE_KEY at us-east-1a: session lost\n"
            + "before each LOGIN at us-east-1a: login refused");
    assertThat(catchThrowableOfType(HsmException.class, () -> client.generateAes256(ID, "label")))
        .isNotNull();
    HsmKey key = client.generateAes256(ID, "label");
    lagging.faults().clear();
    assertThat(roundTrip(key)).isEqualTo(TEXT);
    assertThat(lagging.keysOn("us-east-1a"))
        .extracting(HsmKey.Facts::reference)
        .isNotEqualTo(List.of(key.reference()));

    install(
        lagging,
        "before each ENCRYPT at us-east-1b: service error\n"
            + "before each ENCRYPT at us-east-1c: service error");
    assertThat(catchThrowableOfType(HsmException.class, () -> roundTrip(key)))
        .isNotNull()
        .extracting(HsmException::reason)
        .isEqualTo(Reason.INTERNAL);
  }

  private static void install(SimulatedCluster cluster, String plan) {
    cluster.faults().install(new FaultPlan(FaultPlan.script(plan).rules(), true));
  }

  private void outcomeIsUnknownUnder(String plan) {
    cluster.faults().install(FaultPlan.script(plan));
    HsmException unknown =
        catchThrowableOfType(
            HsmException.class, () -> session.generateAes256(ID, "label").facts().created());
    assertThat(unknown.reason()).isEqualTo(Reason.OUTCOME_UNKNOWN);
  }

  private void assertOneKeyOnEveryHsm() {
    List<String> references =
        cluster.facts().hsms().stream()
            .map(hsm -> cluster.keysOn(hsm.id()).stream().map(HsmKey.Facts::reference).toList())
            .map(List::toString)
            .distinct()
            .toList();
    assertThat(references).hasSize(1);
    assertThat(cluster.keysOn("us-east-1a")).extracting(HsmKey.Facts::id).containsExactly(ID);
  }

  private static byte[] roundTrip(HsmKey key) {
    byte[] ciphertext = new byte[key.ciphertextLength(TEXT.length)];
    key.encrypt(new byte[0], TEXT, 0, TEXT.length, ciphertext, 0);
    byte[] back = new byte[key.plaintextLength(ciphertext.length)];
    key.decrypt(new byte[0], ciphertext, 0, ciphertext.length, back, 0);
    return back;
  }
}
