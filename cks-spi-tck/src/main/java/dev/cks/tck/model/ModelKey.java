package dev.cks.tck.model;

/** A key: its own facts; what it shows follows from them and its store. */
final class ModelKey {
  static final String ENABLED = "Enabled";
  static final String DISABLED = "Disabled";
  static final String PENDING_DELETION = "PendingDeletion";
  static final String UNAVAILABLE = "Unavailable";

  final int store;
  final ModelStore home;

  /** Number of its material; never used again. */
  final int material;

  String lifecycle = ENABLED;
  long deletedAt;

  /** The attempt during which every HSM said that the material is gone; -1: none did. */
  long missingIn = -1;

  ModelKey(int store, ModelStore home, int material) {
    this.store = store;
    this.home = home;
    this.material = material;
  }

  boolean isPendingDeletion() {
    return lifecycle.equals(PENDING_DELETION);
  }

  String state() {
    if (isPendingDeletion()) {
      return lifecycle;
    }
    return home.isConnected() && missingIn != home.attempt ? lifecycle : UNAVAILABLE;
  }
}
