package dev.cks.aws.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How findings are made and ordered. */
final class Findings {
  /** Losses first; then what is urgent; then the order of {@link Condition}. */
  static final Comparator<Finding> WHAT_TO_DO_FIRST =
      Comparator.comparing((Finding finding) -> finding.kind() != Kind.LOSS)
          .thenComparing(Finding::urgency)
          .thenComparing(Finding::condition)
          .thenComparing(Finding::concerns);

  private Findings() {}

  /** With a plan: who can carry it out decides the kind. */
  static Finding repairable(
      Condition condition,
      String concerns,
      String symptom,
      String cause,
      List<Evidence> evidence,
      Plan remedy) {
    return new Finding(
        condition,
        condition.urgency(),
        remedy.needsHands() ? Kind.BY_HANDS : Kind.BY_API,
        Certainty.OBSERVED,
        concerns,
        symptom,
        cause,
        evidence,
        Optional.of(remedy),
        List.of());
  }

  /** Without one. */
  static Finding noted(
      Condition condition,
      Kind kind,
      String concerns,
      String symptom,
      String cause,
      List<Evidence> evidence) {
    return new Finding(
        condition,
        condition.urgency(),
        kind,
        Certainty.OBSERVED,
        concerns,
        symptom,
        cause,
        evidence,
        Optional.empty(),
        List.of());
  }

  static Finding lost(
      Condition condition,
      String concerns,
      String symptom,
      String cause,
      List<Evidence> evidence,
      List<String> stillExists) {
    return new Finding(
        condition,
        condition.urgency(),
        Kind.LOSS,
        Certainty.OBSERVED,
        concerns,
        symptom,
        cause,
        evidence,
        Optional.empty(),
        stillExists);
  }

  /** The same, resting on more than AWS's answers. */
  static Finding inferred(Finding finding) {
    return with(finding, finding.urgency(), Certainty.INFERRED);
  }

  /** The same, with another urgency. */
  static Finding urgent(Finding finding, Urgency urgency) {
    return with(finding, urgency, finding.certainty());
  }

  private static Finding with(Finding finding, Urgency urgency, Certainty certainty) {
    return new Finding(
        finding.condition(),
        urgency,
        finding.kind(),
        certainty,
        finding.concerns(),
        finding.symptom(),
        finding.cause(),
        finding.evidence(),
        finding.remedy(),
        finding.stillExists());
  }
}
