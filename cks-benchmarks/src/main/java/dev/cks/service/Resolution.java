package dev.cks.service;

import dev.cks.domain.key.KeyOperation;
import org.jspecify.annotations.NullMarked;

/** A part of Encrypt by itself, for benchmarks; in this package because that part is not public. */
@NullMarked
public final class Resolution {
  private final KeyResolver resolver;

  /** The part that a service uses. */
  public Resolution(CryptoService service) {
    this.resolver = service.resolver();
  }

  /** From a name to a key that may encrypt. */
  public Object admitted(String keyId) {
    return Admission.admit(KeyOperation.ENCRYPT, resolver.byAnyName(keyId));
  }
}
