package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.Moment;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client, or one work of the cluster by itself, on its way over the HSMs. Used under
 * the fleet's monitor.
 */
final class Call {
  /** How much virtual latency a caller bears. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** HSMs are asked one after the other until it is done; elsewhere all at once. */
  private static final Set<FaultPoint> IN_TURN =
      EnumSet.of(
          FaultPoint.GENERATE_KEY,
          FaultPoint.FIND,
          FaultPoint.ENCRYPT,
          FaultPoint.DECRYPT,
          FaultPoint.RANDOM);

  /** What costs nothing while there is no plan, and is too much for a journal. */
  private static final Set<FaultPoint> ONLY_COUNTED =
      EnumSet.of(
          FaultPoint.FIND,
          FaultPoint.LIST,
          FaultPoint.ENCRYPT,
          FaultPoint.DECRYPT,
          FaultPoint.RANDOM);

  /** What an HSM does although nobody waits for it any more. */
  private static final Set<FaultPoint> OUTLIVES_ITS_CALLER =
      EnumSet.of(FaultPoint.CHANGE_PASSWORD, FaultPoint.GENERATE_KEY, FaultPoint.DESTROY);

  private final FaultPoint point;
  private final @Nullable SimulatedSession session;
  private final String subject;
  private @Nullable KeyObject key;
  private Duration spent = Duration.ZERO;
  private boolean outOfTime;
  private boolean doneSomewhere;

  /**
   * A call.
   *
   * @param session who calls; null: the cluster itself
   * @param subject what it is about, for people; may be empty
   */
  Call(FaultPoint point, @Nullable SimulatedSession session, String subject) {
    this.point = point;
    this.session = session;
    this.subject = subject;
  }

  /** The call carries this key, which must not be wiped while the call can still be worked off. */
  Call carrying(KeyObject carried) {
    key = carried;
    return this;
  }

  FaultPoint point() {
    return point;
  }

  @Nullable SimulatedSession session() {
    return session;
  }

  @Nullable KeyObject key() {
    return key;
  }

  String who() {
    return session == null ? "cluster" : session.user();
  }

  String what() {
    return subject.isEmpty() ? point.name() : point + " " + subject;
  }

  boolean isEntered() {
    return !ONLY_COUNTED.contains(point);
  }

  boolean outlivesItsCaller() {
    return OUTLIVES_ITS_CALLER.contains(point);
  }

  boolean changesSomething() {
    return isEntered();
  }

  /** The moment just before an HSM gets the request. */
  Moment unsent() {
    return doneSomewhere && point.moments().contains(Moment.DURING) ? Moment.DURING : Moment.BEFORE;
  }

  void done() {
    doneSomewhere = true;
  }

  /** Waits; false if that is longer than the caller bears. */
  boolean bears(Duration latency) {
    Duration waited = spent.plus(latency);
    if (waited.compareTo(PATIENCE) > 0) {
      outOfTime = IN_TURN.contains(point);
      return false;
    }
    if (IN_TURN.contains(point)) {
      spent = waited;
    }
    return true;
  }

  /** Whether there is no time left to ask another HSM. */
  boolean isOutOfTime() {
    return outOfTime;
  }
}
