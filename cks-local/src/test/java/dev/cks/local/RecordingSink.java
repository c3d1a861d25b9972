package dev.cks.local;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every event. */
final class RecordingSink implements AuditSink {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public boolean wants(String operation, boolean success) {
    return true;
  }

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  List<AuditEvent> all() {
    return List.copyOf(events);
  }

  List<AuditEvent> named(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }
}
