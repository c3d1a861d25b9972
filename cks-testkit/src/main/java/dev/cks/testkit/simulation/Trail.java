package dev.cks.testkit.simulation;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import dev.cks.tck.invariant.Invariants;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of the present step; deletions of keys are kept apart, since no caller asked. */
final class Trail implements AuditSink {
  /** In every password and plaintext here, so that a leak shows. */
  static final String CANARY = "canary7f3a";

  /** Printing every event would take longer than everything else; codes and messages are cheap. */
  private static final int PRINTED = 16;

  private final List<AuditEvent> asked = new ArrayList<>();
  private final List<AuditEvent> deletions = new ArrayList<>();
  private @Nullable StringBuilder written;
  private int seen;

  @Override
  public boolean wants(String operation, boolean success) {
    return true;
  }

  @Override
  public void record(AuditEvent event) {
    if (seen++ % PRINTED == 0) {
      Invariants.doesNotTell(CANARY, event);
    }
    if (written != null) {
      written.append(event).append('\n');
    }
    (event.isServiceEvent() ? deletions : asked).add(event);
  }

  /** From now on all events are written down. */
  void write(StringBuilder into) {
    written = into;
  }

  /** The events of calls since it was last asked. */
  List<AuditEvent> takeAsked() {
    List<AuditEvent> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  List<AuditEvent> deletions() {
    return deletions;
  }
}
