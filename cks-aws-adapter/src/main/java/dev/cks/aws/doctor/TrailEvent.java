package dev.cks.aws.doctor;

import dev.cks.aws.wire.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.Event;

/**
 * One event of CloudTrail, read leniently: newer and older records differ in what they hold (spec
 * G).
 *
 * @param when to the second
 * @param errorCode null if the call succeeded
 */
record TrailEvent(
    Instant when,
    String name,
    String who,
    @Nullable String errorCode,
    @Nullable String errorMessage,
    Map<String, @Nullable Object> request,
    Map<String, @Nullable Object> response,
    Map<String, @Nullable Object> additional,
    List<String> resources,
    Instant asked) {

  static TrailEvent of(Event event, Instant asked) {
    Map<String, @Nullable Object> record =
        JsonText.object(event.cloudTrailEvent()).orElseGet(Map::of);
    List<String> resources = new ArrayList<>();
    event.resources().forEach(resource -> resources.add(Texts.orEmpty(resource.resourceName())));
    return new TrailEvent(
        event.eventTime(),
        Texts.orEmpty(event.eventName()),
        who(event, JsonText.named(record.get("userIdentity"))),
        text(record, "errorCode"),
        text(record, "errorMessage"),
        JsonText.named(record.get("requestParameters")),
        JsonText.named(record.get("responseElements")),
        JsonText.named(record.get("additionalEventData")),
        resources,
        asked);
  }

  private static String who(Event event, Map<String, @Nullable Object> identity) {
    for (String name : List.of("arn", "invokedBy", "principalId")) {
      String text = text(identity, name);
      if (text != null) {
        return text;
      }
    }
    return event.username() == null ? "somebody unknown" : event.username();
  }

  private static @Nullable String text(Map<String, @Nullable Object> members, String name) {
    return members.get(name) instanceof String text ? text : null;
  }

  boolean succeeded() {
    return errorCode == null;
  }

  boolean is(String eventName) {
    return name.equals(eventName);
  }

  /** The key store that it concerns. */
  Optional<String> store() {
    return anywhere("customKeyStoreId");
  }

  /** The cluster that it concerns. */
  Optional<String> cluster() {
    return anywhere("clusterId");
  }

  private Optional<String> anywhere(String name) {
    String text = text(request, name);
    text = text == null ? text(additional, name) : text;
    return Optional.ofNullable(text == null ? text(response, name) : text);
  }

  /** A text among the parameters of the request. */
  Optional<String> requested(String parameter) {
    return Optional.ofNullable(text(request, parameter));
  }

  /** The ARN of the key that it concerns. */
  Optional<String> keyArn() {
    return resources.stream().filter(resource -> resource.contains(":key/")).findFirst();
  }

  /** What became of the material of a deleted key; empty unless this is a DeleteKey event. */
  List<DeletedMaterial> deletedMaterial() {
    List<DeletedMaterial> all = new ArrayList<>();
    JsonText.array(text(additional, "backingKeysDeletionStatus"))
        .forEach(
            element -> {
              Map<String, @Nullable Object> entry = JsonText.named(element);
              all.add(
                  new DeletedMaterial(
                      Texts.orEmpty(text(entry, "keyHandle")),
                      Texts.orEmpty(text(entry, "backingKeyId")),
                      "FAILURE".equals(text(entry, "deletionStatus"))));
            });
    return all;
  }

  /**
   * What became of one backing key.
   *
   * @param handle empty in newer records
   * @param orphaned KMS could not delete it
   */
  record DeletedMaterial(String handle, String backingKeyId, boolean orphaned) {}

  Evidence evidence() {
    return new Evidence(
        "LookupEvents EventName=" + name,
        name + " by " + who + " at " + when + (succeeded() ? "" : ", refused: " + refusal()),
        asked);
  }

  String refusal() {
    return errorCode + (errorMessage == null ? "" : ": " + errorMessage);
  }

  TimelineEntry entry() {
    String resource = keyArn().or(this::store).or(this::cluster).orElse("");
    return new TimelineEntry(
        when,
        name,
        who,
        resource,
        errorCode,
        who
            + " called "
            + name
            + (resource.isEmpty() ? "" : " on " + resource)
            + (succeeded() ? "." : ", which was refused with " + refusal() + "."));
  }
}
