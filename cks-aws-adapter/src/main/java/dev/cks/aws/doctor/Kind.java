package dev.cks.aws.doctor;

/** Who can repair what a finding is about. */
public enum Kind {
  /** Calls of AWS's APIs are enough. */
  BY_API,
  /** Somebody must act on the HSM side or in the network; the plan says what to do there. */
  BY_HANDS,
  /** Nobody: what is lost stays lost. The finding says what still exists. */
  LOSS
}
