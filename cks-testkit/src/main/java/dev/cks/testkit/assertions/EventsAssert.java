package dev.cks.testkit.assertions;

import dev.cks.spi.AuditEvent;
import dev.cks.testkit.TestKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Events of one name. Each condition leaves those that meet it, one at least; {@link #once} and
 * {@link #times} count what is left.
 */
public final class EventsAssert extends AbstractAssert<EventsAssert, List<AuditEvent>> {
  private final String what;

  EventsAssert(String what, List<AuditEvent> events) {
    super(events, EventsAssert.class);
    this.what = what;
  }

  /** That concerned this key. */
  public EventsAssert about(TestKey key) {
    return about(key.arn());
  }

  /** That concerned this key or alias. */
  public EventsAssert about(String arn) {
    return that(
        "about " + arn,
        event -> event.resources().stream().anyMatch(resource -> resource.arn().equals(arn)));
  }

  /** That this principal caused. */
  public EventsAssert by(String principalArn) {
    return that("by " + principalArn, event -> principalArn.equals(event.principalArn()));
  }

  /** That the service caused by itself. */
  public EventsAssert byTheService() {
    return that("by the service", AuditEvent::isServiceEvent);
  }

  /** That succeeded. */
  public EventsAssert succeeded() {
    return that("that succeeded", event -> event.errorCode() == null);
  }

  /** That were refused with this error, for example {@code KMSInvalidStateException}. */
  public EventsAssert failedWith(String errorCode) {
    return that("that failed with " + errorCode, event -> errorCode.equals(event.errorCode()));
  }

  /**
   * With this request parameter, in CloudTrail's spelling, for example {@code customKeyStoreId}.
   */
  public EventsAssert withRequestParameter(String name, Object value) {
    return that(
        "with " + name + " = " + value, event -> has(event.requestParameters(), name, value));
  }

  /** With this in {@code additionalEventData}, for example {@code clusterId}. */
  public EventsAssert withAdditionalData(String name, Object value) {
    return that(
        "with " + name + " = " + value, event -> has(event.additionalEventData(), name, value));
  }

  private static boolean has(@Nullable Map<String, Object> map, String name, Object value) {
    return map != null && Objects.equals(map.get(name), value);
  }

  /** That meet a condition of the test's own. */
  public EventsAssert that(String condition, Predicate<AuditEvent> test) {
    List<AuditEvent> left = actual.stream().filter(test).toList();
    if (left.isEmpty()) {
      failWithMessage(
          "Expecting an event %s %s, but there are%n  %s", what, condition, texts(actual));
    }
    return new EventsAssert(what + " " + condition, left);
  }

  /** It happened once. */
  public EventsAssert once() {
    return times(1);
  }

  /** It happened this often. */
  public EventsAssert times(int expected) {
    if (actual.size() != expected) {
      failWithMessage(
          "Expecting %s events %s, but there are %s:%n  %s",
          expected, what, actual.size(), texts(actual));
    }
    return this;
  }

  /** One line for each. */
  static String texts(List<AuditEvent> events) {
    return events.isEmpty()
        ? "none"
        : events.stream().map(EventsAssert::text).collect(Collectors.joining("\n  "));
  }

  private static String text(AuditEvent event) {
    return event.time()
        + " "
        + event.name()
        + event.resources().stream().map(each -> " " + each.arn()).collect(Collectors.joining())
        + (event.errorCode() == null ? "" : ": " + event.errorCode());
  }
}
