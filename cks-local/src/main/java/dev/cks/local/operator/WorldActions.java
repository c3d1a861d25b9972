package dev.cks.local.operator;

import dev.cks.aws.http.FrontFaults;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.journal.JournalEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Time, the journal, and beginning again. */
final class WorldActions {
  /** Every day has its work, backups among it: a slip of the pen must not keep the clock busy. */
  private static final Duration LONGEST_ADVANCE = Duration.ofDays(3_660);

  private final SimulatedAws aws;
  private final Consoles consoles;
  private final FrontFaults frontFaults;

  WorldActions(SimulatedAws aws, Consoles consoles, FrontFaults frontFaults) {
    this.aws = aws;
    this.consoles = consoles;
    this.frontFaults = frontFaults;
  }

  void addTo(List<Action> actions) {
    actions.add(Action.of("GET", "clock", (names, arguments) -> clock()));
    actions.add(Action.of("POST", "clock", (names, arguments) -> advance(arguments)));
    actions.add(Action.of("GET", "journal", (names, arguments) -> journal(arguments)));
    actions.add(Action.of("POST", "reset", (names, arguments) -> reset()));
  }

  private Object clock() {
    return Map.of("now", aws.clock().now().toString());
  }

  private Object advance(Arguments arguments) {
    Duration time = arguments.requiredDuration("advance");
    if (time.compareTo(LONGEST_ADVANCE) > 0) {
      throw new IllegalArgumentException(
          "advance is longer than " + LONGEST_ADVANCE.toDays() + " days: go in steps");
    }
    aws.clock().advance(time);
    return clock();
  }

  private Object journal(Arguments arguments) {
    long after = arguments.queried("after", 0);
    return Map.of(
        "entries",
        aws.cloudHsm().journal().entries().stream()
            .filter(entry -> entry.number() > after)
            .map(WorldActions::entry)
            .toList());
  }

  private static Map<String, Object> entry(JournalEntry entry) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("number", entry.number());
    view.put("when", entry.when().toString());
    view.put("who", entry.who());
    view.put("what", entry.what());
    view.put("where", entry.where());
    view.put("outcome", entry.outcome());
    return view;
  }

  private Object reset() {
    consoles.forget();
    frontFaults.clear();
    aws.reset();
    return clock();
  }
}
