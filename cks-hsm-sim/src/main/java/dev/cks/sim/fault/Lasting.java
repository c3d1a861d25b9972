package dev.cks.sim.fault;

import java.time.Duration;

/** How long what a fault did stays that way. */
public sealed interface Lasting {

  /** Until the plan is cleared, or an operator repairs it. */
  Lasting UNTIL_CLEARED = new UntilCleared();

  /** See {@link #UNTIL_CLEARED}. */
  record UntilCleared() implements Lasting {
    @Override
    public String toString() {
      return "";
    }
  }

  /**
   * For some more calls to the cluster, whatever they are.
   *
   * @param count at least 1
   */
  record Calls(int count) implements Lasting {
    public Calls {
      if (count < 1) {
        throw new IllegalArgumentException("a fault lasts at least one call, not " + count);
      }
    }

    @Override
    public String toString() {
      return " for " + count + " calls";
    }
  }

  /**
   * For some virtual time.
   *
   * @param duration positive, in whole milliseconds
   */
  record Time(Duration duration) implements Lasting {
    public Time {
      Durations.require(duration);
    }

    @Override
    public String toString() {
      return " for " + Durations.text(duration);
    }
  }
}
