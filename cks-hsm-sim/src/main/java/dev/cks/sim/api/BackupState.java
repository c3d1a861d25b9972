package dev.cks.sim.api;

/** CloudHSM's backup states. */
public enum BackupState {
  /** Being made or copied. */
  CREATE_IN_PROGRESS,
  /** A cluster can be made from it. */
  READY,
  /** Gone. */
  DELETED,
  /** Deleted, and restorable for seven days. */
  PENDING_DELETION
}
