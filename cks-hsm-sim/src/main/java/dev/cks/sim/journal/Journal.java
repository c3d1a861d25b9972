package dev.cks.sim.journal;

import dev.cks.sim.fault.FaultPoint;
import java.util.List;

/**
 * What was done on the HSM side, when, by whom, and what came of it: logins, changes of users,
 * keys, HSMs and network, strikes of faults. The same seed and the same calls give the same
 * journal, byte for byte. Uses of keys, look-ups and random numbers are not entered but counted,
 * and that only while a plan of faults is in force: otherwise they cost nothing here. Thread-safe.
 */
public interface Journal {
  /** How many entries are kept; the oldest go first. */
  int CAPACITY = 10_000;

  /** The newest entries, the oldest first. */
  List<JournalEntry> entries();

  /** How many entries there were, including those that are no longer kept. */
  long size();

  /** How many calls of this kind an HSM got. */
  long calls(String hsm, FaultPoint point);

  /** The entries as text, a line each. */
  String text();
}
