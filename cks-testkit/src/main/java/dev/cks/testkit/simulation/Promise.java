package dev.cks.testkit.simulation;

import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import dev.cks.tck.model.Step.Kind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must hold once faults have stopped and an operator has repaired what can be: a key store
 * connects, a key is not lost. A scenario file says so in a line of its own.
 */
record Promise(What what, int number) {
  private static final String LINE = "# must be true at the end: ";

  enum What {
    /** The key store is connected; it could be, and somebody did everything for it. */
    STORE_CONNECTS,

    /** The key, which is enabled, can be used. */
    KEY_WORKS
  }

  /** The promise in a scenario; null if there is none. */
  static @Nullable Promise in(String scenario) {
    for (String line : scenario.lines().toList()) {
      if (line.startsWith(LINE)) {
        List<String> words = List.of(line.substring(LINE.length()).split(" ", -1));
        return new Promise(What.valueOf(words.get(0)), Integer.parseInt(words.get(1)));
      }
    }
    return null;
  }

  /** The line of a scenario. */
  String line() {
    return LINE + what + " " + number + "\n";
  }

  /** What an operator does, or an application, before the promise is asked for. */
  List<Step> steps(Swarm swarm, ReferenceModel model) {
    return what == What.STORE_CONNECTS ? swarm.repair(number, model) : uses(number);
  }

  private static List<Step> uses(int key) {
    return List.of(
        Step.ofKey(Kind.ENABLE_KEY, key, 0),
        Step.ofCrypto(Kind.ENCRYPT, key, Swarm.CIPHERTEXTS, ""));
  }

  /**
   * Asks for it.
   *
   * @param outcome of the last step
   * @throws AssertionError if it is broken
   */
  void check(ReferenceModel model, String outcome) {
    if (what == What.STORE_CONNECTS) {
      Integer cluster = model.clusters().get(number);
      if (cluster != null
          && model.isRepairable(cluster)
          && !model.connection(number).equals("CONNECTED")) {
        throw new AssertionError(
            "store " + number + " does not connect: " + model.errorCode(number));
      }
    } else if (model.keyState(number).equals("Enabled")
        && !Objects.equals(outcome, ReferenceModel.OK)) {
      throw new AssertionError("key " + number + " is lost: " + outcome);
    }
  }
}
