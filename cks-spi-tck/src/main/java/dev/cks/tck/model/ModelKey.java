package dev.cks.tck.model;

import java.util.HashSet;
import java.util.Set;

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

  final Set<String> tags = new HashSet<>();
  final Set<Integer> grants = new HashSet<>();

  String lifecycle = ENABLED;
  String description = "";
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
