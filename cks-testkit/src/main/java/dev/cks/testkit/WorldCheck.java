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
import org.jspecify.annotations.Nullable;

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
    for (AuditEvent event : events) {
      if (saysThePassword(event)) {
        Invariants.doesNotTell(PASSWORD, event);
      }
    }
    noKeyIsLost(cloudHsm, states);
  }

  /** Cheaper than the text of the whole event, which formats its time. */
  private static boolean saysThePassword(AuditEvent event) {
    return saysThePassword(event.requestParameters())
        || saysThePassword(event.responseElements())
        || saysThePassword(event.additionalEventData())
        || saysThePassword(event.errorMessage());
  }

  private static boolean saysThePassword(@Nullable Object part) {
    return part != null && part.toString().contains(PASSWORD);
  }

  private static void noKeyIsLost(SimulatedCloudHsm cloudHsm, RecordedStates states) {
    Touched touched = new Touched(cloudHsm, states.committedStores());
    for (KmsKey key : states.keys()) {
      CustomKeyStore store = states.storeOf(key);
      if (store != null && !touched.concerns(key, store)) {
        // a cluster that somebody deleted takes its keys with it
        HsmCluster cluster = cloudHsm.find(store.clusterId()).orElse(null);
        if (cluster != null) {
          requireMaterial(key, (SimulatedCluster) cluster);
        }
      }
    }
  }

  private static void requireMaterial(KmsKey key, SimulatedCluster cluster) {
    for (Hsm hsm : cluster.hsms()) {
      if (cluster.labelsOn(hsm.hsmId()).contains(key.arn())) {
        return;
      }
    }
    throw new AssertionError(
        "no HSM of "
            + cluster.id()
            + " has the material of "
            + key.arn()
            + ", although neither an operator nor a fault beyond the budget touched it");
  }
}
