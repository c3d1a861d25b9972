package dev.cks.local;

import java.util.List;

/**
 * What came of a cell.
 *
 * @param outcome {@code ok}, or how the call failed
 * @param afterwards the key store's connection and the state of a key in it
 * @param left what is on the HSM side that should not be there; may be empty
 */
record MatrixResult(String outcome, String afterwards, String left, Repair repair) {

  /** What the operator does once the fault is over. */
  enum Repair {
    NOTHING("nothing"),
    RETRY("the same call again"),
    RECONNECT("disconnect, connect"),
    BY_HAND("delete the orphan by its label"),
    BY_HAND_AND_RETRY("delete the orphan by its label, the same call again");

    final String text;

    Repair(String text) {
      this.text = text;
    }

    boolean byHand() {
      return this == BY_HAND || this == BY_HAND_AND_RETRY;
    }

    boolean retry() {
      return this == RETRY || this == BY_HAND_AND_RETRY;
    }

    boolean reconnect() {
      return this == RECONNECT;
    }

    static Repair of(String text) {
      return List.of(values()).stream()
          .filter(repair -> repair.text.equals(text))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no repair: " + text));
    }
  }

  static MatrixResult of(KmsCall call, String outcome, String afterwards, List<String> left) {
    String all = String.join("; ", left);
    return new MatrixResult(outcome, afterwards, all, repair(call, outcome, all));
  }

  private static Repair repair(KmsCall call, String outcome, String left) {
    boolean orphan = left.contains("orphan");
    boolean failed = !outcome.equals("ok") && !outcome.startsWith("ACTIVE");
    if (orphan) {
      return failed && call != KmsCall.DELETE_KEY ? Repair.BY_HAND_AND_RETRY : Repair.BY_HAND;
    }
    if (!failed || call == KmsCall.DELETE_KEY) {
      return Repair.NOTHING;
    }
    return call == KmsCall.CONNECT ? Repair.RECONNECT : Repair.RETRY;
  }

  List<String> columns() {
    return List.of(outcome, afterwards, left, repair.text);
  }
}
