package dev.cks.aws.doctor;

/** When a finding wants something to be done. */
public enum Urgency {
  /** Something does not work. */
  NOW,
  /** Everything works, but one more mishap, or the next request of some kind, will fail. */
  SOON,
  /** Good to know. */
  NOTE
}
