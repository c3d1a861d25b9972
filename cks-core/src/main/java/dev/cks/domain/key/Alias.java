package dev.cks.domain.key;

import java.time.Instant;

/** An alias: a second name for exactly one key at a time (spec A.6). */
public record Alias(AliasName name, KeyId target, Instant created, Instant lastUpdated) {

  /** The same alias, now naming another key. */
  public Alias pointingTo(KeyId newTarget, Instant now) {
    return new Alias(name, newTarget, created, now);
  }
}
