package dev.cks.local;

import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.Fault.Kind;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.FaultTable;
import dev.cks.sim.fault.Lasting;
import dev.cks.sim.fault.Moment;
import dev.cks.sim.fault.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One call of KMS, a fault in one of its works, and whether one HSM is struck or all. */
record MatrixCell(KmsCall call, FaultCell fault, Reach reach) {
  static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

  /** How many HSMs have the fault. */
  enum Reach {
    ONE("one HSM"),
    EVERY("every HSM");

    final String text;

    Reach(String text) {
      this.text = text;
    }

    static Reach of(String text) {
      return text.equals(EVERY.text) ? EVERY : ONE;
    }
  }

  /** The whole product of calls with their works, moments, kinds of faults, and reach. */
  static List<MatrixCell> all() {
    List<MatrixCell> cells = new ArrayList<>();
    for (KmsCall call : KmsCall.values()) {
      for (FaultCell fault : FaultTable.all()) {
        if (call.works().contains(fault.point())) {
          List.of(Reach.values()).forEach(reach -> cells.add(new MatrixCell(call, fault, reach)));
        }
      }
    }
    return cells;
  }

  /** Why the cell cannot occur; empty if it can. */
  Optional<String> whyImpossible() {
    return FaultTable.whyImpossible(fault).or(this::whyNotInThisCall);
  }

  private Optional<String> whyNotInThisCall() {
    if (call == KmsCall.HSM_RETURNS && (fault.moment() == Moment.DURING || reach == Reach.EVERY)) {
      return Optional.of("only the HSM that returns takes part");
    }
    if (reach == Reach.EVERY && fault.point() == FaultPoint.ATTACH) {
      return Optional.of("no HSM takes part");
    }
    if (reach == Reach.EVERY && fault.point() == FaultPoint.KEY_SYNC) {
      return Optional.of("of three HSMs one is left to copy to");
    }
    return call == KmsCall.CREATE_KEY
            && fault.point() == FaultPoint.FIND
            && fault.moment() == Moment.DURING
        ? Optional.of("the first HSM that is asked has generated the key")
        : Optional.empty();
  }

  /** Whether an HSM must lack the key for the moment to come: else the first one answers. */
  boolean needsAnHsmWithoutTheKey() {
    return fault.point() == FaultPoint.FIND && fault.moment() == Moment.DURING;
  }

  FaultPlan plan() {
    Occurrence times = reach == Reach.ONE ? Occurrence.nth(1) : Occurrence.EACH;
    FaultRule rule = new FaultRule(fault.moment(), times, fault.point(), place(), injected());
    return FaultPlan.script(rule.toString()).unbounded();
  }

  private String place() {
    if (reach == Reach.EVERY || fault.point() == FaultPoint.ATTACH) {
      return null;
    }
    if (call == KmsCall.HSM_RETURNS) {
      return ZONES.get(1);
    }
    return fault.point() == FaultPoint.KEY_SYNC
        ? ZONES.get(2)
        : ZONES.get(fault.moment() == Moment.DURING ? 1 : 0);
  }

  private Fault injected() {
    return switch (fault.kind()) {
      case NODE_DOWN -> new Fault.NodeDown(Lasting.UNTIL_CLEARED);
      case SLOW -> new Fault.Slow(Duration.ofSeconds(30), null);
      case SESSION_LOST -> new Fault.SessionLost();
      case LOGIN_REFUSED -> new Fault.LoginRefused();
      case KEY_SYNC_DELAYED -> new Fault.KeySyncDelayed(Duration.ofSeconds(10));
      case KEY_SYNC_LOST -> new Fault.KeySyncLost();
      case ANSWER_LOST -> new Fault.AnswerLost();
      case ZONE_PARTITION -> new Fault.ZonePartition(Lasting.UNTIL_CLEARED);
      case STORAGE_FULL -> new Fault.StorageFull(Lasting.UNTIL_CLEARED);
      case SERVICE_ERROR -> new Fault.ServiceError();
    };
  }

  /** The columns that name the cell. */
  List<String> columns() {
    return List.of(
        call.toString(), fault.point().name(), fault.moment().text(), fault.kind().name(), where());
  }

  private String where() {
    return fault.point() == FaultPoint.ATTACH && reach == Reach.ONE ? "the service" : reach.text;
  }

  static MatrixCell of(List<String> columns) {
    FaultCell fault =
        new FaultCell(
            FaultPoint.valueOf(columns.get(1)),
            Moment.valueOf(columns.get(2).toUpperCase(Locale.ROOT)),
            Kind.valueOf(columns.get(3)));
    return new MatrixCell(KmsCall.of(columns.get(0)), fault, Reach.of(columns.get(4)));
  }

  @Override
  public String toString() {
    return call + ", " + fault + ", " + where();
  }
}
