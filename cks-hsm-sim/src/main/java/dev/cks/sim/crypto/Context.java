package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A cipher with a message key, used by one thread at a time: whoever holds it. It stays where its
 * key keeps it, and a number says whether somebody holds it: moving the reference in and out would
 * cost the collector's barrier twice a message.
 */
abstract class Context extends Apart {
  private static final VarHandle STATE;

  private static final int IDLE = 0;
  private static final int HELD = 1;

  /** Its end is wanted; its holder sees to that. */
  private static final int LAST_TIME = 2;

  private static final int GONE = 3;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Context.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final XaesKey owner;

  /** Where the ring keeps it; written before the context is shared. */
  int place;

  // through the handle above
  @SuppressWarnings("UnusedVariable")
  private volatile int state = HELD;

  /** A new context is held by who makes it. */
  Context(XaesKey owner) {
    this.owner = owner;
  }

  /** Makes the caller its holder, if it is idle. */
  final boolean hold() {
    return state == IDLE && STATE.compareAndSet(this, IDLE, HELD);
  }

  /** Ends the caller's holding; false if the caller has to drop it. */
  final boolean release() {
    return STATE.compareAndSet(this, HELD, IDLE);
  }

  /**
   * No longer to be used after whoever holds it now is done.
   *
   * @return whether nobody held it, so that the caller has to drop it
   */
  final boolean retire() {
    int before = (int) STATE.compareAndExchange(this, IDLE, GONE);
    while (before == HELD) {
      before = (int) STATE.compareAndExchange(this, HELD, LAST_TIME);
      if (before == IDLE) {
        before = (int) STATE.compareAndExchange(this, IDLE, GONE);
      } else if (before == HELD) {
        return false;
      }
    }
    return before == IDLE;
  }

  /** Only for its holder, or who has retired it. */
  final void end() {
    state = GONE;
  }

  /** Wipes what belongs to this context alone; only for who ends it. */
  abstract void wipe();
}
