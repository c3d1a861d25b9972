package dev.cks.aws.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A remedy: steps in their order. Immutable; making one changes nothing. A plan belongs to the
 * doctor that made it and acts through its clients.
 */
public final class Plan {
  private final Practice practice;
  private final Remedy remedy;
  private final String concerns;
  private final String reason;
  private final List<PlannedStep> steps;
  private final Map<String, String> known;

  Plan(
      Practice practice,
      Remedy remedy,
      String concerns,
      String reason,
      List<PlannedStep> steps,
      Map<String, String> known) {
    this.practice = practice;
    this.remedy = remedy;
    this.concerns = concerns;
    this.reason = reason;
    this.steps = List.copyOf(steps);
    this.known = Map.copyOf(known);
  }

  /** Which remedy this is. */
  public Remedy remedy() {
    return remedy;
  }

  /** The id of the key store, or the ARN of the key. */
  public String concerns() {
    return concerns;
  }

  /** Why it goes this way, for example why this backup; may be empty. */
  public String reason() {
    return reason;
  }

  /** What is done, in this order. */
  public List<Step> steps() {
    return steps.stream().map(PlannedStep::step).toList();
  }

  /** Whether somebody must act on the HSM side or in the network. */
  public boolean needsHands() {
    return steps.stream().anyMatch(planned -> planned.step() instanceof Step.Manual);
  }

  /** The exact names of everything that it destroys; most plans destroy nothing. */
  public List<String> destroys() {
    return steps().stream().map(Step::destroys).flatMap(Optional::stream).toList();
  }

  /** The plan as a runbook for people. */
  public String describe() {
    return Runbook.of(this);
  }

  /**
   * Carries the plan out, step by step: checks that the step is needed and possible, does it,
   * checks its effect. Stops at the first surprise. Blocks while AWS or a person takes time.
   *
   * @return what was done; never throws for what AWS answered
   */
  public PlanRun apply(Consent consent) {
    return new PlanExecutor(this, new Scene(practice, new LinkedHashMap<>(known)))
        .run(0, false, consent, List.of());
  }

  List<PlannedStep> planned() {
    return steps;
  }
}
