package dev.cks.testkit;

import dev.cks.sim.journal.Journal;
import dev.cks.sim.journal.JournalEntry;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a {@link TestWorld}: who did what, when, and which state followed. Calls of KMS
 * and CloudHSM, what was done on the HSMs, faults that struck and changes of state, in the order in
 * which they happened; uses of keys on the HSM side are left out, their calls are there. Never
 * holds a secret. Keeps the latest 5,000 calls and changes. Thread-safe.
 */
public final class WorldTimeline {
  private static final int CAPACITY = 5_000;

  private final Supplier<@Nullable Journal> journal;
  private final Supplier<Instant> now;
  private final Deque<Noted> noted = new ArrayDeque<>();

  /**
   * One thing that happened.
   *
   * @param when in virtual time
   * @param text for example {@code root: DisableKey key/0d99…: done}, or {@code → key 0d99… is
   *     Disabled} for the state that followed
   */
  public record Line(Instant when, String text) {
    @Override
    public String toString() {
      return when + " " + text;
    }
  }

  /**
   * A line.
   *
   * @param journalled how many entries the journal of the HSM side had then
   * @param followed by whom a state changed; null for what is not a state
   */
  private record Noted(Line line, long journalled, @Nullable Thread followed) {}

  WorldTimeline(Supplier<@Nullable Journal> journal, Supplier<Instant> now) {
    this.journal = journal;
    this.now = now;
  }

  /** Everything that is kept, the oldest first. */
  public List<Line> lines() {
    List<Noted> all;
    synchronized (noted) {
      all = List.copyOf(noted);
    }
    return merged(all);
  }

  /** Everything that is kept, a line each. */
  public String text() {
    return text(Integer.MAX_VALUE);
  }

  /** The latest lines only, and how many are left out. */
  public String text(int latest) {
    List<Line> lines = lines();
    int omitted = Math.max(0, lines.size() - latest);
    String head = omitted == 0 ? "" : "… " + omitted + " earlier lines left out\n";
    return lines.stream()
        .skip(omitted)
        .map(line -> line + "\n")
        .collect(Collectors.joining("", head, ""));
  }

  /** A line of the test's own, to find the way in the others. */
  public void note(String text) {
    note(new Line(now.get(), text), null);
  }

  /** Where the calls are heard of. */
  AuditSink calls() {
    return new AuditSink() {
      @Override
      public boolean wants(String operation, boolean success) {
        return true;
      }

      @Override
      public void record(AuditEvent event) {
        called(event);
      }
    };
  }

  /** A state followed. */
  void followed(String state) {
    note(new Line(now.get(), "→ " + state), Thread.currentThread());
  }

  /** The world begins again. */
  void clear() {
    synchronized (noted) {
      noted.clear();
    }
  }

  /** A call is told when it is over: after the states that it led to, which belong behind it. */
  private void called(AuditEvent event) {
    Line line = new Line(event.time(), Calls.text(event));
    Thread caller = Thread.currentThread();
    Journal known = journal.get();
    if (known == null) {
      return; // the world is being made
    }
    long journalled = known.size();
    synchronized (noted) {
      Deque<Noted> states = new ArrayDeque<>();
      Noted last = noted.peekLast();
      while (last != null
          && caller.equals(last.followed())
          && !last.line().when().isBefore(event.time())) {
        states.addFirst(noted.removeLast());
        last = noted.peekLast();
      }
      keep(new Noted(line, journalled, null));
      // a later call of this thread must not take them for its own
      states.forEach(state -> keep(new Noted(state.line(), journalled, null)));
    }
  }

  private void note(Line line, @Nullable Thread followed) {
    Journal known = journal.get();
    if (known != null) {
      long journalled = known.size();
      synchronized (noted) {
        keep(new Noted(line, journalled, followed));
      }
    }
  }

  private void keep(Noted one) {
    if (noted.size() == CAPACITY) {
      noted.removeFirst();
    }
    noted.addLast(one);
  }

  private List<Line> merged(List<Noted> all) {
    Journal known = journal.get();
    if (known == null || all.isEmpty()) {
      return List.of();
    }
    Deque<JournalEntry> hsmSide = new ArrayDeque<>(known.entries());
    taken(hsmSide, all.get(0).journalled()); // before this began
    List<Line> lines = new ArrayList<>();
    for (Noted one : all) {
      lines.addAll(HsmLines.of(taken(hsmSide, one.journalled())));
      lines.add(one.line());
    }
    lines.addAll(HsmLines.of(List.copyOf(hsmSide)));
    return List.copyOf(lines);
  }

  /** Takes away the entries up to a number. */
  private static List<JournalEntry> taken(Deque<JournalEntry> entries, long upTo) {
    List<JournalEntry> taken = new ArrayList<>();
    while (!entries.isEmpty() && entries.getFirst().number() <= upTo) {
      taken.add(entries.removeFirst());
    }
    return taken;
  }
}
