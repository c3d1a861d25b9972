package dev.cks.audit;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The latest audit events, in memory, as CloudTrail's event history is for an account. Wants every
 * event it is offered; once it is full, the oldest makes room for the newest. Thread-safe:
 * recording takes constant time, and a reader gets a copy that does not change any more.
 */
public final class AuditTrail implements AuditSink {
  private final int capacity;
  private final Deque<Supplier<AuditEvent>> kept = new ArrayDeque<>();
  private long dropped;

  private AuditTrail(int capacity) {
    this.capacity = capacity;
  }

  /**
   * An empty trail.
   *
   * @param capacity how many events it keeps, 1 at least
   * @throws IllegalArgumentException if {@code capacity} is less than 1
   */
  public static AuditTrail ofCapacity(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a trail keeps at least one event: " + capacity);
    }
    return new AuditTrail(capacity);
  }

  @Override
  public boolean wants(String operation, boolean success) {
    return true;
  }

  @Override
  public void record(AuditEvent event) {
    keep(() -> event);
  }

  @Override
  public void recordLater(String operation, Supplier<AuditEvent> event) {
    keep(event);
  }

  private void keep(Supplier<AuditEvent> event) {
    synchronized (kept) {
      if (kept.size() == capacity) {
        kept.removeFirst();
        dropped++;
      }
      kept.addLast(event);
    }
  }

  /** All events that are kept, in the order in which they were recorded. */
  public List<AuditEvent> events() {
    List<Supplier<AuditEvent>> snapshot;
    synchronized (kept) {
      snapshot = List.copyOf(kept);
    }
    return snapshot.stream().map(Supplier::get).toList();
  }

  /** The events that are kept and asked for, in the order asked for; maybe none. */
  public List<AuditEvent> events(AuditQuery query) {
    List<AuditEvent> found = new ArrayList<>();
    for (AuditEvent event : events()) {
      if (query.matches(event)) {
        found.add(event);
      }
    }
    if (query.newestFirst()) {
      Collections.reverse(found);
    }
    return Collections.unmodifiableList(found);
  }

  /** How many events had to make room since the beginning. */
  public long dropped() {
    synchronized (kept) {
      return dropped;
    }
  }

  /** Forgets the events that are kept; they do not count as dropped. */
  public void clear() {
    synchronized (kept) {
      kept.clear();
    }
  }

  @Override
  public String toString() {
    return "AuditTrail[capacity " + capacity + "]";
  }
}
