package dev.cks.testkit.simulation;

import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a good operator does until a key store works again, whatever was wrong. */
final class Repair {
  /** Longer than whatever a plan delays. */
  private static final Duration AFTERMATH = Duration.ofMinutes(2);

  private static final int SUBNETS = 3;

  private Repair() {}

  /**
   * Ends every trouble of a cluster that can be ended.
   *
   * @param faults whether a plan of faults is or was in force
   * @param stopped for each HSM whether it does not run
   */
  static List<Step> ofCluster(int cluster, boolean faults, List<Boolean> stopped) {
    List<Step> steps = new ArrayList<>();
    if (faults) {
      steps.add(Step.ofStore(Kind.CLEAR_FAULTS, cluster, ""));
      steps.add(Step.advance(AFTERMATH));
    }
    steps.add(Step.ofStore(Kind.RESTORE_NETWORK, cluster, ""));
    for (int hsm = 0; hsm < stopped.size(); hsm++) {
      if (stopped.get(hsm)) {
        steps.add(Step.inCluster(Kind.START_HSM, cluster, hsm));
      }
      steps.add(Step.inCluster(Kind.HEAL_HSM, cluster, hsm));
    }
    for (int subnet = 0; subnet < SUBNETS; subnet++) {
      steps.add(Step.inCluster(Kind.GIVE_ADDRESSES, cluster, subnet));
    }
    steps.add(Step.ofStore(Kind.FREE_SESSIONS, cluster, ""));
    steps.add(Step.ofStore(Kind.LOG_OUT_AS_KMSUSER, cluster, ""));
    return steps;
  }

  /** Connects a key store anew, with a password that its cluster and KMS agree on. */
  static List<Step> ofConnection(
      int store, int cluster, String name, String password, Duration latency) {
    Step wait = Step.advance(latency);
    return List.of(
        Step.ofStore(Kind.DISCONNECT, store, ""),
        wait,
        Step.ofStore(Kind.CREATE_KMSUSER, cluster, password),
        Step.ofStore(Kind.SET_KMSUSER_PASSWORD, cluster, password),
        Step.ofStore(Kind.CREATE_STORE, store, name),
        Step.ofStore(Kind.CHANGE_PASSWORD, store, password),
        Step.ofStore(Kind.CONNECT, store, ""),
        wait);
  }
}
