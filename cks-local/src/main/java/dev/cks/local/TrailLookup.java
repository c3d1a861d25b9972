package dev.cks.local;

import dev.cks.audit.AuditQuery;
import dev.cks.audit.AuditTrail;
import dev.cks.spi.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;

/** What LookupEvents finds in a trail: pages of events, the newest first. */
final class TrailLookup {
  private static final int LARGEST_PAGE = 50;

  /** How far CloudTrail's event history goes back. */
  private static final Duration HISTORY = Duration.ofDays(90);

  private final AuditTrail trail;

  TrailLookup(AuditTrail trail) {
    this.trail = trail;
  }

  /** One page; the token is null on the last one. */
  record Found(List<AuditEvent> events, @Nullable String nextToken) {}

  /** A request that CloudTrail refuses. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    Refused(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  Found find(LookupEventsRequest request, Instant now) {
    // there are no events of other categories, but a question has to make sense all the same
    List<AuditEvent> matching = matching(request, now);
    List<AuditEvent> all = request.eventCategory() == null ? matching : List.of();
    int first = request.nextToken() == null ? 0 : placeAfter(all, request);
    int size = request.maxResults() == null ? LARGEST_PAGE : request.maxResults();
    int end = Math.min(first + size, all.size());
    List<AuditEvent> page = all.subList(first, end);
    return new Found(page, end < all.size() ? token(page.get(page.size() - 1), request) : null);
  }

  private List<AuditEvent> matching(LookupEventsRequest request, Instant now) {
    Instant from = request.startTime() == null ? Instant.MIN : request.startTime();
    Instant until = request.endTime() == null ? Instant.MAX : request.endTime();
    if (from.isAfter(until)) {
      throw new Refused("InvalidTimeRangeException", "The start time is after the end time.");
    }
    Predicate<AuditEvent> wanted = attribute(request.lookupAttributes());
    Instant oldest = now.minus(HISTORY);
    AuditQuery query =
        AuditQuery.all().latestFirst().between(from.isAfter(oldest) ? from : oldest, until);
    return trail.events(query).stream().filter(wanted).toList();
  }

  private static Predicate<AuditEvent> attribute(List<LookupAttribute> attributes) {
    if (attributes.isEmpty()) {
      return event -> true;
    }
    if (attributes.size() > 1) {
      throw new Refused(
          "InvalidLookupAttributesException", "You can specify only one lookup attribute.");
    }
    String value = attributes.get(0).attributeValue();
    return switch (attributes.get(0).attributeKey()) {
      case EVENT_ID -> event -> event.eventId().equals(value);
      case EVENT_NAME -> event -> event.name().equals(value);
      case READ_ONLY -> readOnly(value);
      case USERNAME -> event -> TrailEnvelope.username(event).filter(value::equals).isPresent();
      case RESOURCE_TYPE ->
          event -> event.resources().stream().anyMatch(r -> r.type().equals(value));
      case RESOURCE_NAME -> event -> event.resources().stream().anyMatch(r -> isNamed(r, value));
      case EVENT_SOURCE -> event -> event.source().equals(value);
      case ACCESS_KEY_ID ->
          event -> TrailEnvelope.accessKeyId(event).filter(value::equals).isPresent();
      default -> throw new IllegalStateException("the constraints let an unknown key pass");
    };
  }

  private static Predicate<AuditEvent> readOnly(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> AuditEvent::readOnly;
      case "false" -> event -> !event.readOnly();
      default ->
          throw new Refused(
              "InvalidLookupAttributesException", "The value of ReadOnly is true or false.");
    };
  }

  /** A resource is found by its ARN, and by the id or alias at the ARN's end. */
  private static boolean isNamed(AuditEvent.Resource resource, String name) {
    return resource.arn().equals(name)
        || resource.arn().endsWith("/" + name)
        || resource.arn().endsWith(":" + name);
  }

  private static String token(AuditEvent last, LookupEventsRequest request) {
    String place = parameters(request) + "|" + last.eventId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /** A token is good for the same question only. */
  private static String parameters(LookupEventsRequest request) {
    String question =
        request.lookupAttributes()
            + "|"
            + request.startTime()
            + "|"
            + request.endTime()
            + "|"
            + request.eventCategoryAsString();
    return Integer.toHexString(question.hashCode());
  }

  /** Events that came meanwhile stand before the token's place and move nothing. */
  private static int placeAfter(List<AuditEvent> all, LookupEventsRequest request) {
    String last = lastEvent(request);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).eventId().equals(last)) {
        return i + 1;
      }
    }
    return all.size(); // it made room for newer events, as did those before it
  }

  private static String lastEvent(LookupEventsRequest request) {
    String prefix = parameters(request) + "|";
    try {
      String place =
          new String(Base64.getUrlDecoder().decode(request.nextToken()), StandardCharsets.UTF_8);
      if (place.startsWith(prefix)) {
        return place.substring(prefix.length());
      }
    } catch (IllegalArgumentException notBase64) {
      throw badToken();
    }
    throw badToken();
  }

  private static Refused badToken() {
    return new Refused(
        "InvalidNextTokenException",
        "The token is not valid, or was used in a request with different parameters.");
  }
}
