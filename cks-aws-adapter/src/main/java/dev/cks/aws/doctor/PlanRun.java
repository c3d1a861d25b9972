package dev.cks.aws.doctor;

import java.util.List;

/** What a {@link Plan} did, and where it stands. Immutable. */
public final class PlanRun {
  /** How it ended. */
  public enum Status {
    /** Nothing was changed: this is what would be done. */
    DRY_RUN,
    /** Every step is done or was not needed. */
    DONE,
    /** Something was not as expected, or a person is needed: see the last result. */
    STOPPED,
    /** Nothing was changed: the consent does not name what would be destroyed. */
    REFUSED
  }

  private final PlanExecutor executor;
  private final Status status;
  private final int next;
  private final List<StepResult> results;

  PlanRun(PlanExecutor executor, Status status, int next, List<StepResult> results) {
    this.executor = executor;
    this.status = status;
    this.next = next;
    this.results = List.copyOf(results);
  }

  /** How it ended. */
  public Status status() {
    return status;
  }

  /** What came of the steps, in their order; those that were not reached are missing. */
  public List<StepResult> results() {
    return results;
  }

  /** Begins again with the step where it stopped; what is there already is not done twice. */
  public PlanRun resume(Consent consent) {
    return executor.run(next, false, consent, completed());
  }

  /** The same, where the manual step at which it stopped was done meanwhile; that is checked. */
  public PlanRun resumeWithStepDone(Consent consent) {
    return executor.run(next, true, consent, completed());
  }

  private List<StepResult> completed() {
    return results.stream()
        .filter(result -> result.verdict() != StepResult.Verdict.STOPPED)
        .filter(result -> result.verdict() != StepResult.Verdict.WOULD_DO)
        .toList();
  }

  /** What was done, one line for each step. */
  public String describe() {
    StringBuilder text = new StringBuilder(status.name()).append('\n');
    for (StepResult result : results) {
      text.append("  ").append(result.verdict()).append("  ").append(result.step().title());
      text.append(result.seen().isEmpty() ? "" : ": " + result.seen()).append('\n');
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return describe();
  }
}
