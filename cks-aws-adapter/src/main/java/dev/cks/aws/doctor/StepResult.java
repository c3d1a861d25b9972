package dev.cks.aws.doctor;

/**
 * What came of a step.
 *
 * @param seen what was seen, or why it stopped there; never a secret
 */
public record StepResult(Step step, Verdict verdict, String seen) {
  /** What became of a step. */
  public enum Verdict {
    /** A dry run: it would be done. */
    WOULD_DO,
    /** Done, and its effect was checked. */
    DONE,
    /** Nothing was done: its effect was there already. */
    ALREADY_SO,
    /** The plan stopped here. */
    STOPPED
  }
}
