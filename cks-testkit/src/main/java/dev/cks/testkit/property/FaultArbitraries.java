package dev.cks.testkit.property;

import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.FaultTable;
import dev.cks.sim.fault.Lasting;
import dev.cks.sim.fault.Occurrence;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Plans of faults that shrink to the fewest rules, the first occurrence and the least harm. */
public final class FaultArbitraries {
  private static final int MOST_RULES = 4;

  private FaultArbitraries() {}

  /** Plans that keep to the budget of the cluster: no key is lost by them. */
  public static Arbitrary<FaultPlan> plans() {
    return rules().list().ofMinSize(1).ofMaxSize(MOST_RULES).map(all -> new FaultPlan(all, false));
  }

  /** The same plans without a budget: they can take every HSM away. */
  public static Arbitrary<FaultPlan> plansBeyondBudget() {
    return plans().map(FaultPlan::unbounded);
  }

  /** Rules of any cell of the table of faults, anywhere in the cluster. */
  public static Arbitrary<FaultRule> rules() {
    return Arbitraries.of(FaultTable.possible())
        .flatMap(
            cell ->
                Combinators.combine(occurrences(), faults(cell))
                    .as(
                        (occurrence, fault) ->
                            new FaultRule(cell.moment(), occurrence, cell.point(), null, fault)));
  }

  private static Arbitrary<Occurrence> occurrences() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 20).map(Occurrence::nth),
        Arbitraries.integers().between(2, 40).map(Occurrence.OneIn::new),
        Arbitraries.just(Occurrence.EACH));
  }

  private static Arbitrary<Fault> faults(FaultCell cell) {
    Arbitrary<Lasting> lasting =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 20).map(Lasting.Calls::new),
            durations().map(Lasting.Time::new));
    return switch (cell.kind()) {
      case NODE_DOWN -> lasting.map(Fault.NodeDown::new);
      case SLOW -> durations().map(latency -> new Fault.Slow(latency, null));
      case SESSION_LOST -> Arbitraries.just(new Fault.SessionLost());
      case LOGIN_REFUSED -> Arbitraries.just(new Fault.LoginRefused());
      case KEY_SYNC_DELAYED -> durations().map(Fault.KeySyncDelayed::new);
      case KEY_SYNC_LOST -> Arbitraries.just(new Fault.KeySyncLost());
      case ANSWER_LOST -> Arbitraries.just(new Fault.AnswerLost());
      case ZONE_PARTITION -> lasting.map(Fault.ZonePartition::new);
      case STORAGE_FULL -> lasting.map(Fault.StorageFull::new);
      case SERVICE_ERROR -> Arbitraries.just(new Fault.ServiceError());
    };
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.integers().between(1, 60).map(Duration::ofSeconds);
  }
}
