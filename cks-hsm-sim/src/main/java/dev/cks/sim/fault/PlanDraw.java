package dev.cks.sim.fault;

import dev.cks.sim.fault.Fault.Kind;
import dev.cks.sim.time.SeededStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Draws plans in swarm style: a few kinds, often, rather than all kinds a little. */
final class PlanDraw {
  private static final int[] RATES = {15, 40, 100, 300, 1000};
  private static final int[] MILLIS = {50, 900, 4000, 6000, 30_000};

  private final SeededStream draws;

  PlanDraw(SeededStream draws) {
    this.draws = draws;
  }

  FaultPlan plan() {
    List<FaultRule> rules = new ArrayList<>();
    Kind sure = List.of(Kind.values()).get(draws.nextInt(Kind.values().length));
    for (Kind kind : Kind.values()) {
      if (kind == sure || draws.nextInt(3) == 0) {
        addRules(kind, rules);
      }
    }
    return new FaultPlan(rules, false);
  }

  private void addRules(Kind kind, List<FaultRule> rules) {
    List<FaultCell> cells =
        FaultTable.possible().stream().filter(cell -> cell.kind() == kind).toList();
    for (int count = 1 + draws.nextInt(3); count > 0; count--) {
      FaultCell cell = cells.get(draws.nextInt(cells.size()));
      Occurrence often = new Occurrence.OneIn(RATES[draws.nextInt(RATES.length)]);
      rules.add(new FaultRule(cell.moment(), often, cell.point(), null, fault(kind)));
    }
  }

  private Fault fault(Kind kind) {
    return switch (kind) {
      case NODE_DOWN -> new Fault.NodeDown(lasting());
      case SLOW -> new Fault.Slow(millis(), draws.nextInt(2) == 0 ? null : lasting());
      case SESSION_LOST -> new Fault.SessionLost();
      case LOGIN_REFUSED -> new Fault.LoginRefused();
      case KEY_SYNC_DELAYED -> new Fault.KeySyncDelayed(millis());
      case KEY_SYNC_LOST -> new Fault.KeySyncLost();
      case ANSWER_LOST -> new Fault.AnswerLost();
      case ZONE_PARTITION -> new Fault.ZonePartition(lasting());
      case STORAGE_FULL -> new Fault.StorageFull(lasting());
      case SERVICE_ERROR -> new Fault.ServiceError();
    };
  }

  private Lasting lasting() {
    return draws.nextInt(2) == 0
        ? new Lasting.Calls(1 + draws.nextInt(40))
        : new Lasting.Time(millis());
  }

  private Duration millis() {
    return Duration.ofMillis(MILLIS[draws.nextInt(MILLIS.length)]);
  }
}
