package dev.cks.aws.doctor;

/** What a finding rests on. */
public enum Certainty {
  /** An answer of AWS says it. */
  OBSERVED,
  /**
   * It follows from several answers, but no API shows it, for example what a backup contains. A
   * plan that rests on it verifies it on the way.
   */
  INFERRED
}
