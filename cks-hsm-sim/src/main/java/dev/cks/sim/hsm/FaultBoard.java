package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.Faults;
import dev.cks.sim.fault.Strike;
import dev.cks.sim.time.SeededStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who puts plans into force and keeps the score of them. Everything under the fleet's monitor. */
final class FaultBoard implements Faults {
  private static final int KEPT_STRIKES = 10_000;

  private final Fleet fleet;
  private final SeededStream chance;
  private final Deque<Strike> strikes = new ArrayDeque<>();
  private final Map<FaultCell, Long> struck = new HashMap<>();
  private long withheld;

  FaultBoard(Fleet fleet, SeededStream chance) {
    this.fleet = fleet;
    this.chance = chance;
  }

  @Override
  public void install(FaultPlan plan) {
    synchronized (fleet) {
      clear();
      String budget = plan.beyondBudget() ? " beyond budget" : "";
      fleet.journal().enter("operator", "install a fault plan" + budget, fleet.cluster(), "done");
      fleet.faults(new FaultInjector(fleet, this, plan, chance));
    }
  }

  @Override
  public void clear() {
    synchronized (fleet) {
      FaultInjector injector = fleet.faults();
      if (injector != null) {
        fleet.faults(null);
        injector.end();
        fleet.recover();
        fleet.journal().enter("operator", "clear the fault plan", fleet.cluster(), "done");
      }
    }
  }

  void struck(FaultRule rule, String where) {
    if (strikes.size() == KEPT_STRIKES) {
      strikes.removeFirst();
    }
    strikes.addLast(new Strike(fleet.clock().now(), where, rule));
    struck.merge(rule.cell(), 1L, Long::sum);
    fleet.journal().enter("fault", rule.toString(), where, "struck");
  }

  void withheld(FaultRule rule, String where) {
    withheld++;
    fleet.journal().enter("fault", rule.toString(), where, "withheld");
  }

  @Override
  public List<Strike> strikes() {
    synchronized (fleet) {
      return List.copyOf(strikes);
    }
  }

  @Override
  public Map<FaultCell, Long> struck() {
    synchronized (fleet) {
      return Map.copyOf(struck);
    }
  }

  @Override
  public long withheld() {
    synchronized (fleet) {
      return withheld;
    }
  }
}
