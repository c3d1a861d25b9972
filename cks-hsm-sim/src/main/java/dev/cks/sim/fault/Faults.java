package dev.cks.sim.fault;

import java.util.List;
import java.util.Map;

/**
 * The faults of one cluster. Without a plan nothing goes wrong that nobody's hand caused, and
 * nothing is slower for it. Thread-safe.
 */
public interface Faults {

  /**
   * Puts a plan into force, in place of the one before, whose lasting effects end. Chances are
   * drawn from the service's seed.
   */
  void install(FaultPlan plan);

  /**
   * Ends the plan and what it did: HSMs that it stopped start, zones that it cut off come back, and
   * the cluster synchronises its keys. Harmless without a plan.
   */
  void clear();

  /** The newest strikes of all plans, the oldest first. */
  List<Strike> strikes();

  /** How often each cell of the {@link FaultTable} was struck, by all plans. */
  Map<FaultCell, Long> struck();

  /** How many strikes the budgets of all plans forbade. */
  long withheld();
}
