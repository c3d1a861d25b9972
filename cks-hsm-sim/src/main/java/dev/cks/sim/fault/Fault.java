package dev.cks.sim.fault;

import dev.cks.spi.HsmException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What goes wrong. A record prints as scripts write it. */
public sealed interface Fault {

  /** Which of the faults this is. */
  Kind kind();

  /** The faults without their numbers, and what the HSM that is struck seems to answer. */
  enum Kind {
    /** The HSM stops; its logins end. */
    NODE_DOWN(Reason.UNREACHABLE, Reason.OUTCOME_UNKNOWN),
    /** The HSM is slow; the reasons are those of a call that runs out of time. */
    SLOW(Reason.UNREACHABLE, Reason.OUTCOME_UNKNOWN),
    /** The HSM forgets the login of the session that asks. */
    SESSION_LOST(Reason.NOT_LOGGED_IN, Reason.OUTCOME_UNKNOWN),
    /** The HSM still believes in an earlier login of the user. Not counted as a wrong password. */
    LOGIN_REFUSED(Reason.ALREADY_LOGGED_IN, null),
    /** The copy of a key comes later. Nobody waits for it. */
    KEY_SYNC_DELAYED(null, null),
    /** The copy of a key does not come. Nobody waits for it. */
    KEY_SYNC_LOST(null, null),
    /** The answer gets lost. */
    ANSWER_LOST(null, Reason.OUTCOME_UNKNOWN),
    /** All HSMs of the zone are cut off. */
    ZONE_PARTITION(Reason.UNREACHABLE, Reason.OUTCOME_UNKNOWN),
    /** The HSM has no room for another key. */
    STORAGE_FULL(Reason.CAPACITY, null),
    /** The HSM, or the service before it, answers that it failed. */
    SERVICE_ERROR(Reason.INTERNAL, Reason.INTERNAL);

    private final @Nullable Reason unsent;
    private final @Nullable Reason sent;

    Kind(@Nullable Reason unsent, @Nullable Reason sent) {
      this.unsent = unsent;
      this.sent = sent;
    }

    /** What the HSM that is struck seems to answer; null if nobody waits for an answer. */
    public @Nullable Reason reason(Moment moment) {
      return moment == Moment.AFTER ? sent : unsent;
    }
  }

  /** See {@link Kind#NODE_DOWN}. */
  record NodeDown(Lasting lasting) implements Fault {
    @Override
    public Kind kind() {
      return Kind.NODE_DOWN;
    }

    @Override
    public String toString() {
      return "node down" + lasting;
    }
  }

  /**
   * See {@link Kind#SLOW}. Up to 5 seconds a call bears; beyond it ends without an answer, and work
   * that was sent is done when the latency is over.
   *
   * @param latency of each call to the HSM, in virtual time
   * @param lasting null: this call only
   */
  record Slow(Duration latency, @Nullable Lasting lasting) implements Fault {
    public Slow {
      Durations.require(latency);
      if (lasting instanceof Lasting.UntilCleared) {
        throw new IllegalArgumentException("an HSM is slow for one call, some calls or some time");
      }
    }

    @Override
    public Kind kind() {
      return Kind.SLOW;
    }

    @Override
    public String toString() {
      return "slow by " + Durations.text(latency) + (lasting == null ? "" : lasting);
    }
  }

  /** See {@link Kind#SESSION_LOST}. The session logs in again with its next use of the HSM. */
  record SessionLost() implements Fault {
    @Override
    public Kind kind() {
      return Kind.SESSION_LOST;
    }

    @Override
    public String toString() {
      return "session lost";
    }
  }

  /** See {@link Kind#LOGIN_REFUSED}. */
  record LoginRefused() implements Fault {
    @Override
    public Kind kind() {
      return Kind.LOGIN_REFUSED;
    }

    @Override
    public String toString() {
      return "login refused";
    }
  }

  /**
   * See {@link Kind#KEY_SYNC_DELAYED}.
   *
   * @param delay by how much virtual time
   */
  record KeySyncDelayed(Duration delay) implements Fault {
    public KeySyncDelayed {
      Durations.require(delay);
    }

    @Override
    public Kind kind() {
      return Kind.KEY_SYNC_DELAYED;
    }

    @Override
    public String toString() {
      return "key sync delayed by " + Durations.text(delay);
    }
  }

  /** See {@link Kind#KEY_SYNC_LOST}. The next synchronisation of everything brings it. */
  record KeySyncLost() implements Fault {
    @Override
    public Kind kind() {
      return Kind.KEY_SYNC_LOST;
    }

    @Override
    public String toString() {
      return "key sync lost";
    }
  }

  /** See {@link Kind#ANSWER_LOST}. */
  record AnswerLost() implements Fault {
    @Override
    public Kind kind() {
      return Kind.ANSWER_LOST;
    }

    @Override
    public String toString() {
      return "answer lost";
    }
  }

  /** See {@link Kind#ZONE_PARTITION}: the zone of the HSM that is struck. */
  record ZonePartition(Lasting lasting) implements Fault {
    @Override
    public Kind kind() {
      return Kind.ZONE_PARTITION;
    }

    @Override
    public String toString() {
      return "zone cut off" + lasting;
    }
  }

  /** See {@link Kind#STORAGE_FULL}. */
  record StorageFull(Lasting lasting) implements Fault {
    @Override
    public Kind kind() {
      return Kind.STORAGE_FULL;
    }

    @Override
    public String toString() {
      return "storage full" + lasting;
    }
  }

  /** See {@link Kind#SERVICE_ERROR}. */
  record ServiceError() implements Fault {
    @Override
    public Kind kind() {
      return Kind.SERVICE_ERROR;
    }

    @Override
    public String toString() {
      return "service error";
    }
  }
}
