package dev.cks.audit;

import dev.cks.spi.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an {@link AuditTrail} are asked for: those that meet every condition. Null stands
 * for a condition that is not made. Immutable; begin with {@link #all()}.
 *
 * @param name the event's name, for example {@code CreateKey}
 * @param resource ARN of a key or alias that it concerned
 * @param from not before this instant
 * @param until not after this instant
 * @param principalArn who called; the service's own events have no caller
 * @param readOnly whether it changed nothing
 * @param newestFirst whether the latest recorded event comes first; else it comes last
 */
public record AuditQuery(
    @Nullable String name,
    @Nullable String resource,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String principalArn,
    @Nullable Boolean readOnly,
    boolean newestFirst) {

  private static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null, false);

  /** Every event, the oldest first. */
  public static AuditQuery all() {
    return ALL;
  }

  /** Events of this name only. */
  public AuditQuery named(String eventName) {
    return new AuditQuery(eventName, resource, from, until, principalArn, readOnly, newestFirst);
  }

  /** Events that concerned this key or alias only. */
  public AuditQuery about(String arn) {
    return new AuditQuery(name, arn, from, until, principalArn, readOnly, newestFirst);
  }

  /** Events from {@code first} to {@code last} only, both included. */
  public AuditQuery between(Instant first, Instant last) {
    return new AuditQuery(name, resource, first, last, principalArn, readOnly, newestFirst);
  }

  /** Events that this caller caused only. */
  public AuditQuery by(String callerArn) {
    return new AuditQuery(name, resource, from, until, callerArn, readOnly, newestFirst);
  }

  /** Events that changed nothing ({@code true}), or that were meant to change something. */
  public AuditQuery readOnly(boolean only) {
    return new AuditQuery(name, resource, from, until, principalArn, only, newestFirst);
  }

  /** The same events, the newest first. */
  public AuditQuery latestFirst() {
    return new AuditQuery(name, resource, from, until, principalArn, readOnly, true);
  }

  /** Whether this event is asked for. */
  public boolean matches(AuditEvent event) {
    return (name == null || name.equals(event.name()))
        && (resource == null || concerns(event, resource))
        && (from == null || !event.time().isBefore(from))
        && (until == null || !event.time().isAfter(until))
        && (principalArn == null || principalArn.equals(event.principalArn()))
        && (readOnly == null || readOnly == event.readOnly());
  }

  private static boolean concerns(AuditEvent event, String arn) {
    return event.resources().stream().anyMatch(resource -> resource.arn().equals(arn));
  }
}
