package dev.cks.sim.journal;

import java.time.Instant;

/**
 * One thing that happened on the HSM side. Never holds a secret.
 *
 * @param number counts from 1
 * @param when in virtual time
 * @param who a user of the HSMs, {@code operator}, {@code cluster} for what it does by itself, or
 *     {@code fault}
 * @param what for example {@code GENERATE_KEY 0f…}
 * @param where the id of an HSM, or of the cluster
 * @param outcome {@code done}, or why not
 */
public record JournalEntry(
    long number, Instant when, String who, String what, String where, String outcome) {
  /** As one line. */
  @Override
  public String toString() {
    return number + " " + when + " " + who + ": " + what + " on " + where + ": " + outcome;
  }
}
