package dev.cks.aws.doctor;

import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong, or will be.
 *
 * @param condition which one of those that the guide knows
 * @param urgency when it wants something to be done; what is urgent for a key that was asked for
 *     may be none of the key store's troubles
 * @param concerns the id of the key store or cluster, or the ARN of the key
 * @param symptom what people notice
 * @param cause why that is so
 * @param evidence which calls it rests on
 * @param remedy what to do; empty for a loss, for what passes by itself, and for what only somebody
 *     who knows more can decide
 * @param stillExists for a loss, what is left, each with what it is good for; else empty
 */
public record Finding(
    Condition condition,
    Urgency urgency,
    Kind kind,
    Certainty certainty,
    String concerns,
    String symptom,
    String cause,
    List<Evidence> evidence,
    Optional<Plan> remedy,
    List<String> stillExists) {
  /** Keeps copies. */
  public Finding {
    evidence = List.copyOf(evidence);
    stillExists = List.copyOf(stillExists);
  }

  /** The chapter of the guide. */
  public GuideSection section() {
    return condition.section();
  }
}
