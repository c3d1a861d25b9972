package dev.cks.domain.key;

/** What a key stores about its life; {@link KeyState} is what it shows. */
public enum KeyLifecycle {
  /** May be used. */
  ENABLED,
  /** May not be used until it is enabled. */
  DISABLED,
  /** Is deleted when its window ends, unless that is cancelled. */
  PENDING_DELETION
}
