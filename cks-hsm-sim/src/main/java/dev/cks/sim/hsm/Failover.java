package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * While a plan of faults is in force: asks one HSM after the other until one has answered with what
 * is asked for. Used under the fleet's monitor, once.
 */
final class Failover {
  private final Fleet fleet;
  private final SimulatedSession session;
  private final Call call;
  private boolean active;
  private @Nullable Reason failure;

  Failover(Fleet fleet, SimulatedSession session, FaultPoint point) {
    this.fleet = fleet;
    this.session = session;
    this.call = new Call(point, session, "");
  }

  /** The key; null only if every active HSM said that it does not have it. */
  @Nullable KeyObject key(BackingKeyId id) {
    KeyObject orphan = null;
    for (HsmNode node : fleet.nodes()) {
      if (!call.isOutOfTime() && asked(node, some -> session.look(some, id))) {
        KeyObject found = node.key(id);
        if (found != null && found.isAcknowledged()) {
          return found;
        }
        orphan = found == null ? orphan : found;
      }
    }
    if (orphan != null && (failure == null || orphan.wasTold())) {
      return orphan;
    }
    if (!active || failure != null) {
      throw failed();
    }
    return null;
  }

  /** Returns when some HSM has done something. */
  void any() {
    for (HsmNode node : fleet.nodes()) {
      if (!call.isOutOfTime() && asked(node, session::present)) {
        return;
      }
    }
    throw failed();
  }

  private boolean asked(HsmNode node, Function<HsmNode, @Nullable Reason> work) {
    if (!node.isActive()) {
      return false;
    }
    active = true;
    Reason answer =
        session.serves(node) ? fleet.ask(call, node, () -> work.apply(node)) : Reason.UNREACHABLE;
    if (answer != null && answer != Reason.KEY_NOT_FOUND) {
      failure = answer == Reason.NOT_LOGGED_IN ? Reason.UNREACHABLE : answer;
    }
    return answer == null;
  }

  private HsmException failed() {
    Reason reason = failure;
    return reason == null || !active
        ? SimulatedSession.noAnswer(active)
        : new HsmException(reason, call.point() + ": an active HSM did not answer: " + reason);
  }
}
