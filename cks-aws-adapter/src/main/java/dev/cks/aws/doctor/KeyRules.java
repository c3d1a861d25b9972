package dev.cks.aws.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the states of keys say, and what came of trying them out (spec C.1, C.6). */
final class KeyRules {
  /** Beyond so many of one kind, keys of a key store are counted and not named. */
  private static final int NAMED = 20;

  private KeyRules() {}

  // a key that is not there

  static Finding notFound(String id, Answer.Refused<KeyView> refused, History history) {
    List<Evidence> evidence = new ArrayList<>(List.of(refused.evidence()));
    Optional<TrailEvent> deleted =
        history.events().stream().filter(event -> event.is("DeleteKey")).findFirst();
    deleted.map(TrailEvent::evidence).ifPresent(evidence::add);
    history.events().stream()
        .filter(event -> event.is("ScheduleKeyDeletion") && event.succeeded())
        .findFirst()
        .map(TrailEvent::evidence)
        .ifPresent(evidence::add);
    if (deleted.isEmpty()) {
      return Findings.noted(
          Condition.KEY_NOT_FOUND,
          Kind.BY_HANDS,
          id,
          "KMS answers " + refused.code() + ".",
          "No key has this name here, and the last 90 days of CloudTrail show none that had:"
              + " another name, or the wrong account or Region.",
          evidence);
    }
    return Findings.lost(
        Condition.KEY_DELETED,
        deleted.get().keyArn().orElse(id),
        "KMS answers " + refused.code() + ".",
        "The key was deleted at "
            + deleted.get().when()
            + ", when its deletion window ended. That"
            + " cannot be undone, and nothing that it encrypted can be decrypted.",
        evidence,
        Loss.afterKey());
  }

  // keys of a key store

  static List<Finding> find(Chart chart, Plans plans) {
    List<Finding> findings = new ArrayList<>();
    KeyView asked = chart.asked();
    boolean connected = chart.store().isConnected();
    for (KeyView key : chart.survey().others()) {
      if (key.state().equals("Unavailable")) {
        if (connected) {
          findings.add(unavailableWhileConnected(chart, key, plans));
        } else if (key.equals(asked)) {
          findings.add(unavailable(chart, key));
        }
      }
    }
    Stream.concat(
            states(chart, "PendingDeletion", key -> pending(chart, key, plans)),
            states(chart, "Disabled", key -> disabled(chart, key, plans)))
        .map(finding -> asked == null ? Findings.urgent(finding, Urgency.NOTE) : finding)
        .forEach(findings::add);
    chart.survey().others().stream()
        .filter(key -> !KeyStates.isKnown(key.state()))
        .limit(NAMED)
        .map(key -> unknown(key, chart.storeEvidence()))
        .forEach(findings::add);
    chart.keyTrials().forEach((key, result) -> ofTrial(chart, key, result, plans, findings));
    fromInventory(chart, plans, findings);
    return findings;
  }

  private static Stream<Finding> states(
      Chart chart, String state, Function<KeyView, Finding> rule) {
    return chart.survey().others().stream()
        .filter(key -> key.state().equals(state))
        .limit(NAMED)
        .map(rule);
  }

  private static Finding unavailable(Chart chart, KeyView key) {
    return Findings.noted(
        Condition.KEY_UNAVAILABLE,
        Kind.BY_API,
        key.arn(),
        "The key is Unavailable.",
        "Its key store "
            + chart.store().id()
            + " is "
            + chart.store().connectionState()
            + "; when that is put right, the key has its former state again.",
        chart.storeEvidence());
  }

  private static Finding pending(Chart chart, KeyView key, Plans plans) {
    List<Evidence> evidence = new ArrayList<>(chart.storeEvidence());
    event(chart.history(), "ScheduleKeyDeletion", key, evidence);
    return Findings.repairable(
        Condition.KEY_PENDING_DELETION,
        key.arn(),
        "The key cannot be used, and will be deleted at "
            + key.deletionDate()
            + " or within a day after it.",
        by(chart.history(), "ScheduleKeyDeletion", key, "scheduled its deletion"),
        evidence,
        plans.ofKeys().cancelDeletion(key));
  }

  private static Finding disabled(Chart chart, KeyView key, Plans plans) {
    List<Evidence> evidence = new ArrayList<>(chart.storeEvidence());
    event(chart.history(), "DisableKey", key, evidence);
    return Findings.repairable(
        Condition.KEY_DISABLED,
        key.arn(),
        "Operations with the key answer DisabledException.",
        by(chart.history(), "DisableKey", key, "disabled it"),
        evidence,
        plans.ofKeys().enableKey(key));
  }

  private static void event(History history, String name, KeyView key, List<Evidence> evidence) {
    history.latestOfKey(name, key.arn()).map(TrailEvent::evidence).ifPresent(evidence::add);
  }

  private static String by(History history, String name, KeyView key, String did) {
    return history
        .latestOfKey(name, key.arn())
        .map(event -> event.who() + " " + did + " at " + event.when() + ".")
        .orElse("Somebody " + did + "; CloudTrail was not asked, or does not know who.");
  }

  private static Finding unknown(KeyView key, List<Evidence> evidence) {
    return Findings.noted(
        Condition.UNKNOWN_KEY_STATE,
        Kind.BY_HANDS,
        key.arn(),
        "The key state is " + key.state() + ".",
        "This version does not know that state; AWS's documentation of DescribeKey does.",
        evidence);
  }

  // material

  private static Finding unavailableWhileConnected(Chart chart, KeyView key, Plans plans) {
    return missing(
        chart,
        key,
        "The key is Unavailable although its key store is CONNECTED.",
        chart.storeEvidence(),
        plans);
  }

  private static void ofTrial(
      Chart chart, KeyView key, Trial.Result result, Plans plans, List<Finding> findings) {
    List<Evidence> evidence = new ArrayList<>(chart.storeEvidence());
    evidence.addAll(result.evidence());
    switch (result.outcome()) {
      case WORKS, NOT_TRIED -> {}
      case MATERIAL_MISSING -> findings.add(missing(chart, key, result.message(), evidence, plans));
      case WORKS_AFTER_ALL ->
          findings.add(
              Findings.noted(
                  Condition.COMMUNICATION_TRANSIENT,
                  Kind.BY_API,
                  key.arn(),
                  result.message(),
                  "It failed once and worked some seconds later: retry what failed.",
                  evidence));
      case CANNOT_COMMUNICATE ->
          findings.add(
              Findings.repairable(
                  Condition.COMMUNICATION_LASTING,
                  chart.store().id(),
                  result.message(),
                  "KMS does not reach the cluster for this key.",
                  evidence,
                  plans.repairNetwork(chart.store())));
      case NO_FREE_SESSION ->
          findings.add(
              Findings.repairable(
                  Condition.SESSIONS_EXHAUSTED,
                  chart.store().id(),
                  result.message(),
                  "Other users of the cluster, or a burst of requests, hold every PKCS #11 session.",
                  evidence,
                  plans.freeSessions(chart.store())));
      case FAILS ->
          findings.add(
              Findings.noted(
                  Condition.OPERATION_FAILS,
                  Kind.BY_HANDS,
                  key.arn(),
                  result.message(),
                  "The guide does not name this failure.",
                  evidence));
    }
  }

  private static Finding missing(
      Chart chart, KeyView described, String symptom, List<Evidence> observed, Plans plans) {
    KeyUse use = chart.uses().apply(described);
    KeyView key = use.key();
    List<Evidence> evidence = new ArrayList<>(observed);
    evidence.addAll(use.evidence());
    evidence.addAll(chart.backupEvidence());
    String cause =
        "The material of the key was deleted from the cluster " + chart.clusterId() + ".";
    Optional<BackupChoice> choice = BackupChoice.holding(chart, key);
    if (choice.isPresent()) {
      return Findings.inferred(
          Findings.repairable(
              Condition.MATERIAL_MISSING,
              key.arn(),
              symptom,
              cause + " A backup that may still have it is left.",
              evidence,
              plans.recoverMaterial(chart, key, choice.get())));
    }
    if (!chart.backupsSeen()) {
      return Findings.noted(
          Condition.MATERIAL_MISSING,
          Kind.BY_HANDS,
          key.arn(),
          symptom,
          cause + " Whether there is a backup could not be seen.",
          evidence);
    }
    return Findings.inferred(
        Findings.lost(
            Condition.MATERIAL_LOST,
            key.arn(),
            symptom,
            cause
                + " No backup that can be restored was made between the creation of the key, "
                + key.created()
                + ", and now that can have it: what the key encrypted cannot be"
                + " decrypted.",
            evidence,
            Loss.afterMaterial(chart, key)));
  }

  /** Somebody listed the key objects, and this key's is not among them. */
  private static void fromInventory(Chart chart, Plans plans, List<Finding> findings) {
    if (chart.inventory().isEmpty()) {
      return;
    }
    List<String> labels =
        chart.inventory().get().stream().map(KeyInventory.KeyObject::label).toList();
    Map<KeyView, Trial.Result> tried = chart.keyTrials();
    Stream.concat(chart.survey().enabled().stream(), chart.survey().others().stream())
        .filter(key -> !labels.contains(key.arn()) && !tried.containsKey(key))
        .filter(key -> findings.stream().noneMatch(known -> isMaterialOf(known, key)))
        .limit(NAMED)
        .forEach(
            key ->
                findings.add(
                    missing(
                        chart,
                        key,
                        "No key object of the cluster has the key's ARN as its label.",
                        chart.storeEvidence(),
                        plans)));
  }

  private static boolean isMaterialOf(Finding finding, KeyView key) {
    return finding.concerns().equals(key.arn())
        && (finding.condition() == Condition.MATERIAL_MISSING
            || finding.condition() == Condition.MATERIAL_LOST);
  }

  // keys of KMS itself

  static List<Finding> ofStandardKey(
      KeyView key, Evidence evidence, Trial.Result trial, History history, Practice practice) {
    Plans plans = new Plans(practice);
    List<Evidence> all = new ArrayList<>(List.of(evidence));
    all.addAll(trial.evidence());
    return switch (key.state()) {
      case "Enabled" ->
          trial.works() || trial.outcome() == Trial.Outcome.NOT_TRIED
              ? List.of()
              : List.of(
                  Findings.noted(
                      Condition.OPERATION_FAILS,
                      Kind.BY_HANDS,
                      key.arn(),
                      trial.message(),
                      "The key is in no custom key store; this doctor knows no more of it.",
                      all));
      case "Disabled" ->
          List.of(
              Findings.repairable(
                  Condition.KEY_DISABLED,
                  key.arn(),
                  "Operations with the key answer DisabledException.",
                  by(history, "DisableKey", key, "disabled it"),
                  all,
                  plans.ofKeys().enableKey(key)));
      case "PendingDeletion" ->
          List.of(
              Findings.repairable(
                  Condition.KEY_PENDING_DELETION,
                  key.arn(),
                  "The key cannot be used, and will be deleted at " + key.deletionDate() + ".",
                  by(history, "ScheduleKeyDeletion", key, "scheduled its deletion"),
                  all,
                  plans.ofKeys().cancelDeletion(key)));
      default -> KeyStates.isKnown(key.state()) ? List.of() : List.of(unknown(key, all));
    };
  }
}
