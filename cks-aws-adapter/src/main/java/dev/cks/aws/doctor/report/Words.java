package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.Certainty;
import dev.cks.aws.doctor.ClusterView;
import dev.cks.aws.doctor.Command;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.KeyCensus;
import dev.cks.aws.doctor.Kind;
import dev.cks.aws.doctor.StoreView;
import dev.cks.aws.doctor.Urgency;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

/** What is said alike in every form for people. */
final class Words {
  private Words() {}

  /** On one line, without anything that a terminal would obey. */
  static String plain(String words) {
    return words.replaceAll("\\p{Cntrl}", " ");
  }

  static String title(Diagnosis diagnosis) {
    return "Diagnosis of " + diagnosis.subject().name();
  }

  /** The one sentence that somebody in a hurry reads. */
  static String verdict(Diagnosis diagnosis) {
    if (diagnosis.isHealthy()) {
      return diagnosis.findings().isEmpty()
          ? "Nothing is wrong, as far as could be seen."
          : "Everything works, as far as could be seen; there is something to know.";
    }
    Finding first = diagnosis.findings().get(0);
    return "First: " + first.condition().meaning() + " (" + first.concerns() + ").";
  }

  static String urgency(Urgency urgency) {
    return switch (urgency) {
      case NOW -> "now";
      case SOON -> "soon";
      case NOTE -> "note";
    };
  }

  static String kind(Kind kind) {
    return switch (kind) {
      case BY_API -> "repairable by API";
      case BY_HANDS -> "repairable by hands";
      case LOSS -> "loss";
    };
  }

  static String certainty(Certainty certainty) {
    return switch (certainty) {
      case OBSERVED -> "observed";
      case INFERRED -> "inferred: no API shows it";
    };
  }

  static String state(StoreView store) {
    String code = store.connectionErrorCode();
    return code == null ? store.connectionState() : store.connectionState() + ", " + code;
  }

  static String cluster(ClusterView cluster) {
    return cluster.id()
        + " is "
        + cluster.state()
        + ", "
        + count(cluster.activeHsms().size(), "active HSM")
        + " of "
        + cluster.hsms().size()
        + ", "
        + count(cluster.backups().size(), "backup");
  }

  static String keys(KeyCensus keys) {
    String states =
        keys.byState().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", "));
    return count(keys.total(), "key") + (states.isEmpty() ? "" : ": " + states);
  }

  static String count(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  /** To the second, as CloudTrail has it. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String asks(Command.Question question) {
    return switch (question) {
      case ADMIN_PASSWORD -> "the admin's password";
      case KMSUSER_PASSWORD -> "kmsuser's password";
      case CONFIRMATION -> "whether to go on (y)";
    };
  }

  static String asks(Command command) {
    return command.asks().stream().map(Words::asks).collect(Collectors.joining(", "));
  }
}
