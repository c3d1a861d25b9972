package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * What CloudTrail remembers of the last 90 days, the newest first. One lookup for each kind of
 * event, for LookupEvents takes one attribute; at most two requests a second.
 */
record History(List<TrailEvent> events) {
  /** Enough for months of key stores; more would be somebody's loop. */
  private static final int MAX_PAGES = 20;

  private static final List<String> OF_STORES =
      List.of(
          "CreateCustomKeyStore",
          "ConnectCustomKeyStore",
          "DisconnectCustomKeyStore",
          "UpdateCustomKeyStore",
          "ScheduleKeyDeletion",
          "DeleteKey",
          "DeleteHsm",
          "DeleteCluster",
          "CreateCluster");

  private static final List<String> OF_KEYS =
      List.of("CreateKey", "EnableKey", "DisableKey", "CancelKeyDeletion");

  static History none() {
    return new History(List.of());
  }

  /** Reads what is wanted; what cannot be read becomes a sentence. */
  static History read(
      AwsCalls calls, boolean keys, Predicate<TrailEvent> wanted, Consumer<String> limitations) {
    List<TrailEvent> events = new ArrayList<>();
    List<String> names = new ArrayList<>(OF_STORES);
    if (keys) {
      names.addAll(OF_KEYS);
    }
    for (String name : names) {
      if (!read(calls, name, wanted, events, limitations)) {
        break; // the others would fail alike
      }
    }
    events.sort(Comparator.comparing(TrailEvent::when).reversed());
    return new History(List.copyOf(events));
  }

  private static boolean read(
      AwsCalls calls,
      String name,
      Predicate<TrailEvent> wanted,
      List<TrailEvent> events,
      Consumer<String> limitations) {
    String token = null;
    for (int page = 0; page < MAX_PAGES; page++) {
      Answer<LookupEventsResponse> answer = page(calls, name, token);
      if (answer instanceof Answer.Unseen<LookupEventsResponse> unseen) {
        limitations.accept(unseen.sentence());
        return false;
      }
      if (answer instanceof Answer.Refused<LookupEventsResponse> refused) {
        limitations.accept("LookupEvents was refused: " + refused.code() + ".");
        return false;
      }
      LookupEventsResponse found = answer.found().orElseThrow();
      found.events().stream()
          .map(event -> TrailEvent.of(event, calls.pacing.now()))
          .filter(wanted)
          .forEach(events::add);
      token = found.nextToken();
      if (token == null) {
        return true;
      }
    }
    limitations.accept(
        "There are more " + name + " events than the " + MAX_PAGES + " pages that were read.");
    return true;
  }

  private static Answer<LookupEventsResponse> page(
      AwsCalls calls, String name, @Nullable String token) {
    try {
      calls.beforeLookup();
    } catch (Surprise interrupted) {
      throw new IllegalStateException(interrupted.seen());
    }
    return calls.ask(
        Permissions.EVENTS,
        "LookupEvents EventName=" + name,
        page -> page.events().size() + " events",
        () ->
            calls.cloudTrail.lookupEvents(
                r ->
                    r.lookupAttributes(
                            LookupAttribute.builder()
                                .attributeKey(LookupAttributeKey.EVENT_NAME)
                                .attributeValue(name)
                                .build())
                        .nextToken(token)));
  }

  /** The latest successful one of a kind that concerns a key store. */
  Optional<TrailEvent> latest(String name, String storeId) {
    return ofStore(name, storeId).stream().filter(TrailEvent::succeeded).findFirst();
  }

  /** All of a kind that concern a key store, the newest first. */
  List<TrailEvent> ofStore(String name, String storeId) {
    return events.stream()
        .filter(event -> event.is(name) && event.store().filter(storeId::equals).isPresent())
        .toList();
  }

  /** The latest successful one of a kind that concerns a key. */
  Optional<TrailEvent> latestOfKey(String name, String keyArn) {
    return events.stream()
        .filter(event -> event.is(name) && event.succeeded())
        .filter(event -> concerns(event, keyArn))
        .findFirst();
  }

  private static boolean concerns(TrailEvent event, String keyArn) {
    return event.keyArn().filter(keyArn::equals).isPresent()
        || event
            .requested("keyId")
            .filter(id -> id.equals(keyArn) || keyArn.endsWith("/" + id))
            .isPresent();
  }

  /** The latest successful one of a kind that concerns a cluster. */
  Optional<TrailEvent> latestOfCluster(String name, String clusterId) {
    return events.stream()
        .filter(event -> event.is(name) && event.succeeded())
        .filter(event -> event.cluster().filter(clusterId::equals).isPresent())
        .findFirst();
  }

  /** When KMS last gave {@code kmsuser} a new password, as far as it is known. */
  Optional<Instant> lastRotation(String storeId) {
    return latest("ConnectCustomKeyStore", storeId).map(TrailEvent::when);
  }
}
