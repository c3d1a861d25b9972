package dev.cks.testkit.assertions;

import dev.cks.audit.AuditTrail;
import dev.cks.spi.AuditEvent;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What happened in an account, as CloudTrail would tell it. */
public final class TrailAssert extends AbstractAssert<TrailAssert, AuditTrail> {
  TrailAssert(AuditTrail actual) {
    super(actual, TrailAssert.class);
  }

  /**
   * There are events of this name; what is said next is said of them.
   *
   * @param name of an operation, for example {@code Decrypt}; {@code DeleteKey} is the service's
   *     own
   */
  public EventsAssert recorded(String name) {
    isNotNull();
    List<AuditEvent> found = named(name);
    if (found.isEmpty()) {
      failWithMessage(
          "Expecting an event %s, but there are%n  %s", name, EventsAssert.texts(actual.events()));
    }
    return new EventsAssert(name, found);
  }

  /** There is no event of this name. */
  public TrailAssert neverRecorded(String name) {
    isNotNull();
    List<AuditEvent> found = named(name);
    if (!found.isEmpty()) {
      failWithMessage(
          "Expecting no event %s, but there are%n  %s", name, EventsAssert.texts(found));
    }
    return this;
  }

  /** There is no event at all. */
  public TrailAssert isEmpty() {
    isNotNull();
    if (!actual.events().isEmpty()) {
      failWithMessage(
          "Expecting no event, but there are%n  %s", EventsAssert.texts(actual.events()));
    }
    return this;
  }

  private List<AuditEvent> named(String name) {
    return actual.events().stream().filter(event -> event.name().equals(name)).toList();
  }
}
