package dev.cks.aws.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Three sentences on one key, out of a diagnosis. */
final class Explainer {
  private final Diagnosis diagnosis;
  private final String key;

  private Explainer(Diagnosis diagnosis, String key) {
    this.diagnosis = diagnosis;
    this.key = key;
  }

  static Explanation explain(Diagnosis diagnosis) {
    String name =
        diagnosis.keys().shown().stream()
            .findFirst()
            .map(view -> "Key " + view.arn() + " is " + view.state())
            .orElse("Key " + ((Subject.Key) diagnosis.subject()).id() + " is not there");
    return new Explainer(diagnosis, name).explanation();
  }

  private Explanation explanation() {
    Optional<Finding> finding =
        diagnosis.findings().stream().filter(f -> f.urgency() == Urgency.NOW).findFirst();
    if (finding.isEmpty()) {
      return diagnosis.keys().shown().isEmpty()
          ? unseen()
          : new Explanation(
              key + " and works, as far as could be seen.",
              "Nothing in the last 90 days of CloudTrail needs to be explained.",
              "Nobody is to blame.");
    }
    Condition condition = finding.get().condition();
    String why = key + " because " + condition.meaning() + " (" + where(finding.get()) + ").";
    Optional<TimelineEntry> event = turningPoint(condition, finding.get().concerns());
    return event.map(entry -> told(why, condition, entry)).orElseGet(() -> untold(why));
  }

  private static String where(Finding finding) {
    return finding.concerns() + ": " + finding.condition();
  }

  private Explanation unseen() {
    return new Explanation(
        key + ", or could not be seen.",
        diagnosis.limitations().stream().findFirst().orElse("Since when is not known."),
        "Because of whom is not known.");
  }

  private Explanation told(String why, Condition condition, TimelineEntry event) {
    Instant since =
        condition == Condition.KEY_DELETED
            ? latest(List.of("DeleteKey")).map(TimelineEntry::when).orElse(event.when())
            : event.when();
    return new Explanation(
        why,
        "It has been so since " + since + (isDiscovery(condition) ? " at the latest." : "."),
        isDiscovery(condition)
            ? event.who()
                + " called "
                + event.event()
                + ", which brought it to light; who caused"
                + " it on the HSM side or in the network is not in CloudTrail."
            : event.who() + " called " + event.event() + ".");
  }

  private Explanation untold(String why) {
    String reason =
        diagnosis.limitations().stream()
            .filter(sentence -> sentence.contains("LookupEvents"))
            .findFirst()
            .orElse("the last 90 days of CloudTrail do not show it.");
    return new Explanation(
        why, "Since when is not known: " + reason, "Because of whom is not known either.");
  }

  /** Whether the event only showed what had happened elsewhere. */
  private static boolean isDiscovery(Condition condition) {
    return switch (condition) {
      case KEY_STORE_DISCONNECTED,
          KEY_DISABLED,
          KEY_PENDING_DELETION,
          KEY_DELETED,
          CLUSTER_NOT_FOUND,
          CLUSTER_LOST,
          NO_ACTIVE_HSM,
          CONNECTION_CHANGING ->
          false;
      default -> true;
    };
  }

  private Optional<TimelineEntry> turningPoint(Condition condition, String concerns) {
    return switch (condition) {
      case KEY_STORE_DISCONNECTED -> latest(List.of("DisconnectCustomKeyStore"));
      case CONNECTION_CHANGING ->
          latest(List.of("ConnectCustomKeyStore", "DisconnectCustomKeyStore"));
      case KEY_DISABLED -> latestOf(concerns, List.of("DisableKey", "CancelKeyDeletion"));
      case KEY_PENDING_DELETION, KEY_DELETED -> latestOf(concerns, List.of("ScheduleKeyDeletion"));
      case CLUSTER_NOT_FOUND, CLUSTER_LOST ->
          latest(List.of("DeleteCluster")).or(() -> latest(List.of("ConnectCustomKeyStore")));
      case NO_ACTIVE_HSM ->
          latest(List.of("DeleteHsm")).or(() -> latest(List.of("ConnectCustomKeyStore")));
      case CONFIGURATION_REFUSED -> any("ConnectCustomKeyStore");
      case SUBNET_NOT_FOUND,
          NO_FREE_ADDRESS,
          NETWORK_ERRORS,
          USER_NOT_FOUND,
          USER_LOCKED_OUT,
          USER_LOGGED_IN,
          INVALID_CREDENTIALS,
          INTERNAL_ERROR,
          UNKNOWN_ERROR_CODE,
          CONNECTION_FAILED ->
          latest(List.of("ConnectCustomKeyStore"));
      default -> Optional.empty(); // it leaves no event of its own
    };
  }

  private Optional<TimelineEntry> latest(List<String> names) {
    return diagnosis.timeline().stream()
        .filter(entry -> names.contains(entry.event()) && entry.errorCode() == null)
        .max(Comparator.comparing(TimelineEntry::when));
  }

  private Optional<TimelineEntry> latestOf(String resource, List<String> names) {
    return diagnosis.timeline().stream()
        .filter(entry -> names.contains(entry.event()) && entry.errorCode() == null)
        .filter(entry -> entry.resource().equals(resource))
        .max(Comparator.comparing(TimelineEntry::when));
  }

  private Optional<TimelineEntry> any(String name) {
    return diagnosis.timeline().stream()
        .filter(entry -> entry.event().equals(name))
        .max(Comparator.comparing(TimelineEntry::when));
  }
}
