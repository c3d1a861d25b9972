package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.journal.Journal;
import dev.cks.sim.journal.JournalEntry;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.Timeline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The journal as the HSM side writes it. Thread-safe. */
public final class JournalLog implements Journal {
  private final Timeline clock;
  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private final Map<String, Map<FaultPoint, Long>> calls = new HashMap<>();
  private long size;

  public JournalLog(Timeline clock) {
    this.clock = clock;
  }

  /** Enters what came of something; null means that it was done. */
  public void enter(String who, String what, String where, @Nullable Reason failure) {
    enter(who, what, where, failure == null ? "done" : failure.toString());
  }

  public synchronized void enter(String who, String what, String where, String outcome) {
    if (entries.size() == CAPACITY) {
      entries.removeFirst();
    }
    entries.addLast(new JournalEntry(++size, clock.now(), who, what, where, outcome));
  }

  synchronized void count(String hsm, FaultPoint point) {
    Map<FaultPoint, Long> counted = calls.get(hsm);
    if (counted == null) {
      counted = new EnumMap<>(FaultPoint.class);
      calls.put(hsm, counted);
    }
    counted.put(point, 1 + counted.getOrDefault(point, 0L));
  }

  @Override
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public synchronized long size() {
    return size;
  }

  @Override
  public synchronized long calls(String hsm, FaultPoint point) {
    Map<FaultPoint, Long> counted = calls.get(hsm);
    return counted == null ? 0 : counted.getOrDefault(point, 0L);
  }

  @Override
  public String text() {
    return entries().stream().map(entry -> entry + "\n").collect(Collectors.joining());
  }
}
