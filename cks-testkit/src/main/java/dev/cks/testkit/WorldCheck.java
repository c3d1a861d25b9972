package dev.cks.testkit;

import dev.cks.Kms;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.api.Hsm;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.HsmCluster;
import dev.cks.tck.invariant.Invariants;
import java.util.List;
import java.util.stream.Stream;

/** What holds after every test, whatever it did; see {@link TestWorld#check}. */
final class WorldCheck {
  private static final String PASSWORD = ClusterBuilder.KMSUSER_PASSWORD;

  private WorldCheck() {}

  /**
   * Looks without leaving a trace.
   *
   * @throws AssertionError with what does not hold
   */
  static void run(
      Kms core, SimulatedCloudHsm cloudHsm, RecordedStates states, List<AuditEvent> events) {
    Kms kms = core.withoutTrace();
    Invariants.everyKeyHasItsStore(kms);
    Invariants.everyStateIsDerivable(kms);
    Invariants.deletionDatesBelongToPendingKeys(kms);
    Invariants.aliasesPointToExistingKeys(kms);
    Invariants.storesWithKeysCannotBeDeleted(kms);
    Invariants.deletedKeysStayGone(kms, states.deletedKeys());
    Invariants.attemptsNeverFall(states.committedStores());
    events.stream()
        .filter(WorldCheck::saysThePassword)
        .forEach(event -> Invariants.doesNotTell(PASSWORD, event));
    noKeyIsLost(cloudHsm, states);
  }

  /** Cheaper than the text of the whole event, which formats its time. */
  private static boolean saysThePassword(AuditEvent event) {
    return Stream.of(
            event.requestParameters(),
            event.responseElements(),
            event.additionalEventData(),
            event.errorMessage())
        .anyMatch(part -> String.valueOf(part).contains(PASSWORD));
  }

  private static void noKeyIsLost(SimulatedCloudHsm cloudHsm, RecordedStates states) {
    Touched touched = new Touched(cloudHsm, states.committedStores());
    for (KmsKey key : states.keys()) {
      CustomKeyStore store = states.storeOf(key);
      if (store != null && !touched.concerns(key, store)) {
        // a cluster that somebody deleted takes its keys with it
        cloudHsm.find(store.clusterId()).ifPresent(cluster -> requireMaterial(key, cluster));
      }
    }
  }

  private static void requireMaterial(KmsKey key, HsmCluster cluster) {
    SimulatedCluster simulated = (SimulatedCluster) cluster;
    boolean held =
        simulated.hsms().stream()
            .map(Hsm::hsmId)
            .anyMatch(hsm -> simulated.labelsOn(hsm).contains(key.arn()));
    if (!held) {
      throw new AssertionError(
          "no HSM of "
              + simulated.id()
              + " has the material of "
              + key.arn()
              + ", although neither an operator nor a fault beyond the budget touched it");
    }
  }
}
