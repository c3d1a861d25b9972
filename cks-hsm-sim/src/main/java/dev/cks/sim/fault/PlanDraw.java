package dev.cks.sim.fault;

import static dev.cks.sim.fault.FaultPoint.ATTACH;
import static dev.cks.sim.fault.FaultPoint.CHANGE_PASSWORD;
import static dev.cks.sim.fault.FaultPoint.DESTROY;
import static dev.cks.sim.fault.FaultPoint.LIST;
import static dev.cks.sim.fault.FaultPoint.LOGIN;
import static dev.cks.sim.fault.FaultPoint.LOGOUT;
import static dev.cks.sim.fault.FaultPoint.NODE_COPY;

import dev.cks.sim.fault.Fault.Kind;
import dev.cks.sim.time.SeededStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws plans in swarm style: a few kinds, often, rather than all kinds a little. */
final class PlanDraw {
  private static final int[] RATES = {5, 15, 50, 150, 500};

  /** For work that comes up a few times while a plan is in force, not with every call. */
  private static final int[] RATES_OF_RARE_WORK = {2, 3, 6, 15, 50};

  private static final Set<FaultPoint> RARE_WORK =
      EnumSet.of(ATTACH, LOGIN, CHANGE_PASSWORD, LOGOUT, LIST, DESTROY, NODE_COPY);

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
      int[] rates = RARE_WORK.contains(cell.point()) ? RATES_OF_RARE_WORK : RATES;
      Occurrence often = new Occurrence.OneIn(rates[draws.nextInt(rates.length)]);
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
