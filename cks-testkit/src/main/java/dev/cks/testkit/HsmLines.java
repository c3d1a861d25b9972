package dev.cks.testkit;

import dev.cks.sim.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** How the journal of the HSM side reads in a timeline: what was done on several HSMs, once. */
final class HsmLines {
  private HsmLines() {}

  /** Entries that follow each other, the oldest first. */
  static List<WorldTimeline.Line> of(List<JournalEntry> entries) {
    List<WorldTimeline.Line> lines = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= entries.size(); to++) {
      if (to == entries.size() || !isSame(entries.get(from), entries.get(to))) {
        lines.add(line(entries.subList(from, to)));
        from = to;
      }
    }
    return lines;
  }

  private static boolean isSame(JournalEntry one, JournalEntry next) {
    return one.when().equals(next.when())
        && one.who().equals(next.who())
        && one.what().equals(next.what())
        && one.outcome().equals(next.outcome());
  }

  private static WorldTimeline.Line line(List<JournalEntry> alike) {
    JournalEntry first = alike.get(0);
    List<String> places = alike.stream().map(JournalEntry::where).distinct().toList();
    int times = alike.size() / places.size();
    return new WorldTimeline.Line(
        first.when(),
        first.who()
            + ": "
            + first.what()
            + " on "
            + String.join(", ", places)
            + ": "
            + first.outcome()
            + (times > 1 ? ", " + times + " times" : ""));
  }
}
