package dev.cks.local;

import dev.cks.domain.key.AccountRegion;
import dev.cks.local.internal.Json;
import dev.cks.spi.AuditEvent;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.Resource;

/** An event as CloudTrail shows it: the record that LookupEvents answers, and the JSON inside. */
final class TrailEnvelope {
  /** The access key id of AWS's documentation: whose key signed a call is not recorded. */
  static final String ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE";

  private static final String ROOT = "root";

  private final AccountRegion scope;

  TrailEnvelope(AccountRegion scope) {
    this.scope = scope;
  }

  /** The record. */
  Event toSdk(AuditEvent event) {
    return Event.builder()
        .eventId(event.eventId())
        .eventName(event.name())
        .readOnly(Boolean.toString(event.readOnly()))
        .accessKeyId(accessKeyId(event).orElse(null))
        .eventTime(event.time().truncatedTo(ChronoUnit.SECONDS))
        .eventSource(event.source())
        .username(username(event).orElse(null))
        .resources(event.resources().stream().map(TrailEnvelope::toSdk).toList())
        .cloudTrailEvent(json(event))
        .build();
  }

  private static Resource toSdk(AuditEvent.Resource resource) {
    return Resource.builder().resourceType(resource.type()).resourceName(resource.arn()).build();
  }

  /** With what the caller signed; nobody signs for the service. */
  static Optional<String> accessKeyId(AuditEvent event) {
    return event.isServiceEvent() ? Optional.empty() : Optional.of(ACCESS_KEY_ID);
  }

  /** The last part of the caller's ARN. */
  static Optional<String> username(AuditEvent event) {
    return Optional.ofNullable(event.principalArn())
        .map(arn -> arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1));
  }

  private String json(AuditEvent event) {
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("eventVersion", "1.08");
    envelope.put("userIdentity", identity(event));
    envelope.put("eventTime", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
    envelope.put("eventSource", event.source());
    envelope.put("eventName", event.name());
    envelope.put("awsRegion", scope.region());
    envelope.put("sourceIPAddress", event.sourceAddress());
    envelope.put("userAgent", event.userAgent());
    putUnlessNull(envelope, "errorCode", event.errorCode());
    putUnlessNull(envelope, "errorMessage", event.errorMessage());
    envelope.put("requestParameters", event.requestParameters());
    envelope.put("responseElements", event.responseElements());
    putUnlessNull(envelope, "additionalEventData", event.additionalEventData());
    putUnlessNull(envelope, "requestID", event.requestId());
    envelope.put("eventID", event.eventId());
    envelope.put("readOnly", event.readOnly());
    putUnlessNull(envelope, "resources", resources(event));
    envelope.put("eventType", event.eventType());
    envelope.put("managementEvent", true);
    envelope.put("recipientAccountId", scope.accountId());
    envelope.put("eventCategory", "Management");
    return Json.write(envelope);
  }

  private static void putUnlessNull(
      Map<String, @Nullable Object> envelope, String name, @Nullable Object value) {
    if (value != null) {
      envelope.put(name, value);
    }
  }

  private @Nullable List<Map<String, String>> resources(AuditEvent event) {
    return event.resources().isEmpty()
        ? null
        : event.resources().stream().map(this::resource).toList();
  }

  private Map<String, String> resource(AuditEvent.Resource resource) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("accountId", scope.accountId());
    members.put("type", resource.type());
    members.put("ARN", resource.arn());
    return members;
  }

  private Map<String, String> identity(AuditEvent event) {
    Map<String, String> identity = new LinkedHashMap<>();
    String arn = event.principalArn();
    if (arn == null) {
      identity.put("accountId", scope.accountId());
      identity.put("invokedBy", "AWS Internal");
      return identity;
    }
    boolean root = arn.endsWith(":" + ROOT);
    identity.put("type", type(arn, root));
    identity.put("principalId", root ? scope.accountId() : "EX_PRINCIPAL_ID");
    identity.put("arn", arn);
    identity.put("accountId", scope.accountId());
    identity.put("accessKeyId", ACCESS_KEY_ID);
    if (arn.contains(":user/")) {
      identity.put("userName", username(event).orElse(""));
    }
    return identity;
  }

  private static String type(String arn, boolean root) {
    if (root) {
      return "Root";
    }
    return arn.contains(":assumed-role/") ? "AssumedRole" : "IAMUser";
  }
}
