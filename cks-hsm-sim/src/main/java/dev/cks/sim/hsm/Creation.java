package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client makes a key: one HSM generates it, then the client copies it until it is on as many HSMs
 * as the quorum asks for. Used under the fleet's monitor, once.
 */
final class Creation {
  private final Fleet fleet;
  private final SimulatedSession session;
  private final KeyObject key;
  private final Call call;
  private final List<HsmNode> holders = new ArrayList<>();

  /** Those that may have the key although they did not say so. */
  private final List<HsmNode> doubtful = new ArrayList<>();

  private @Nullable Reason lastFailure;

  Creation(Fleet fleet, SimulatedSession session, KeyObject key) {
    this.fleet = fleet;
    this.session = session;
    this.key = key;
    this.call =
        new Call(FaultPoint.GENERATE_KEY, session, key.id() + " handle " + key.handle())
            .carrying(key);
  }

  /** Generates the key, or completes one that an interrupted creation left. */
  void run(List<HsmNode> serving, boolean fresh) {
    key.retain(); // it is not wiped on the way, whichever HSM takes it and lets it go
    try {
      make(serving, fresh);
    } finally {
      key.release();
    }
  }

  private void make(List<HsmNode> serving, boolean fresh) {
    for (HsmNode node : serving) {
      if (node.key(key.id()) == key) {
        holders.add(node);
      }
    }
    for (HsmNode node : serving) {
      if (isComplete() || call.isOutOfTime()) {
        break;
      }
      if (!holders.contains(node)) {
        bringTo(node);
      }
    }
    if (!isComplete()) {
      throw failure(fresh);
    }
    fleet.keys().isWanted(key);
    fleet.keySync().spread(key);
  }

  private boolean isComplete() {
    int answering = 0;
    for (HsmNode node : holders) {
      answering += fleet.answers(node) ? 1 : 0;
    }
    return answering >= fleet.quorum();
  }

  private void bringTo(HsmNode node) {
    Reason failure = fleet.ask(call, node, () -> session.storeOn(node, key));
    lastFailure = failure == null ? lastFailure : failure;
    if (failure == null) {
      holders.add(node);
    } else if (failure.mayHaveHappened()) {
      if (holders.isEmpty()) {
        // generated or not: there is nothing yet that could be copied to another HSM
        throw new HsmException(failure, "the generation of key " + key.id() + ": " + failure);
      }
      doubtful.add(node);
    }
  }

  private HsmException failure(boolean fresh) {
    if (fresh && !undo()) {
      return new HsmException(
          Reason.OUTCOME_UNKNOWN, "key " + key.id() + " may be on an HSM that does not answer");
    }
    if (lastFailure == Reason.CAPACITY) {
      return new HsmException(Reason.CAPACITY, "an HSM has no room for key " + key.id());
    }
    return call.isOutOfTime()
        ? new HsmException(Reason.UNREACHABLE, "the HSMs took too long for key " + key.id())
        : SimulatedSession.belowQuorum(key.id(), fleet.quorum());
  }

  private boolean undo() {
    Call undoing = new Call(FaultPoint.DESTROY, session, key.id().toString());
    boolean undone = true;
    holders.addAll(doubtful);
    for (HsmNode node : holders) {
      undone &= fleet.ask(undoing, node, () -> session.destroyOn(node, key.id())) == null;
    }
    fleet.keys().isDestroyed(key);
    return undone;
  }
}
