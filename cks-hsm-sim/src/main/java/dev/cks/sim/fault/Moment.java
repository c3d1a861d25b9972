package dev.cks.sim.fault;

import java.util.Locale;

/** When, within a call to one HSM, a fault strikes. */
public enum Moment {
  /** No HSM has done the work yet, and this one never gets the request. */
  BEFORE,

  /** Another HSM has done the work; this one never gets the request. */
  DURING,

  /** This HSM has the request and does the work; who asked has not heard so yet. */
  AFTER;

  /** As scripts write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
