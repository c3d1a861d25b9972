package dev.cks.domain.key;

/** What a key stores about its life; {@link KeyState} is what it shows. */
public enum KeyLifecycle {
  ENABLED,
  DISABLED,
  PENDING_DELETION
}
