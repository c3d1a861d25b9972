package dev.cks.sim.fault;

import static dev.cks.sim.fault.FaultPoint.ATTACH;
import static dev.cks.sim.fault.FaultPoint.GENERATE_KEY;
import static dev.cks.sim.fault.FaultPoint.KEY_SYNC;
import static dev.cks.sim.fault.FaultPoint.LOGIN;
import static dev.cks.sim.fault.FaultPoint.LOGOUT;
import static dev.cks.sim.fault.FaultPoint.NODE_COPY;
import static dev.cks.sim.fault.Moment.AFTER;
import static dev.cks.sim.fault.Moment.BEFORE;
import static dev.cks.sim.fault.Moment.DURING;

import dev.cks.sim.fault.Fault.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which fault makes sense where: the one table behind scripts, drawn plans and the test matrix. */
public final class FaultTable {
  private static final Set<Moment> ANY = EnumSet.allOf(Moment.class);
  private static final Set<Moment> UNSENT = EnumSet.of(BEFORE, DURING);
  private static final Map<Kind, Row> ROWS = rows();

  /** Where a kind of fault can strike, when, and why not elsewhere or at another time. */
  private record Row(
      Set<FaultPoint> points, String whyNotThere, Set<Moment> moments, String whyNotThen) {}

  private FaultTable() {}

  private static Map<Kind, Row> rows() {
    Map<Kind, Row> rows = new EnumMap<>(Kind.class);
    Set<FaultPoint> onHsms = EnumSet.complementOf(EnumSet.of(ATTACH));
    Set<FaultPoint> calls = EnumSet.complementOf(EnumSet.of(KEY_SYNC, NODE_COPY));
    Set<FaultPoint> loggedIn = EnumSet.copyOf(calls);
    loggedIn.removeAll(EnumSet.of(ATTACH, LOGIN, LOGOUT));
    rows.put(Kind.NODE_DOWN, new Row(onHsms, "no HSM takes part", ANY, ""));
    rows.put(
        Kind.SLOW, new Row(calls, "nobody waits for what the cluster does by itself", ANY, ""));
    rows.put(Kind.SESSION_LOST, new Row(loggedIn, "no login is used there", ANY, ""));
    rows.put(
        Kind.LOGIN_REFUSED,
        new Row(EnumSet.of(LOGIN), "nobody logs in there", UNSENT, "a refusal is no login"));
    rows.put(
        Kind.KEY_SYNC_DELAYED,
        new Row(EnumSet.of(KEY_SYNC), "no key is copied", EnumSet.of(BEFORE), "the copy is there"));
    rows.put(
        Kind.KEY_SYNC_LOST,
        new Row(EnumSet.of(KEY_SYNC), "no key is copied", EnumSet.of(BEFORE), "the copy is there"));
    rows.put(
        Kind.ANSWER_LOST,
        new Row(calls, "nobody waits for an answer", EnumSet.of(AFTER), "there is no answer yet"));
    rows.put(Kind.ZONE_PARTITION, new Row(onHsms, "no HSM takes part", ANY, ""));
    rows.put(
        Kind.STORAGE_FULL,
        new Row(
            EnumSet.of(GENERATE_KEY, KEY_SYNC),
            "nothing is stored",
            UNSENT,
            "the key has found room"));
    rows.put(Kind.SERVICE_ERROR, new Row(calls, "the cluster goes on trying by itself", ANY, ""));
    return rows;
  }

  /** Why a cell makes no sense; empty if it does. */
  public static Optional<String> whyImpossible(FaultCell cell) {
    Row row = ROWS.get(cell.kind());
    if (row == null) {
      throw new IllegalStateException("no row for " + cell.kind());
    }
    if (!row.points().contains(cell.point())) {
      return Optional.of(row.whyNotThere());
    }
    if (!cell.point().moments().contains(cell.moment())) {
      return Optional.of("one HSM does it, or each by itself");
    }
    return row.moments().contains(cell.moment()) ? Optional.empty() : Optional.of(row.whyNotThen());
  }

  /** All cells, the impossible ones too. */
  public static List<FaultCell> all() {
    List<FaultCell> cells = new ArrayList<>();
    for (FaultPoint point : FaultPoint.values()) {
      for (Moment moment : Moment.values()) {
        for (Kind kind : Kind.values()) {
          cells.add(new FaultCell(point, moment, kind));
        }
      }
    }
    return cells;
  }

  /** The cells that make sense. */
  public static List<FaultCell> possible() {
    return all().stream().filter(cell -> whyImpossible(cell).isEmpty()).toList();
  }
}
