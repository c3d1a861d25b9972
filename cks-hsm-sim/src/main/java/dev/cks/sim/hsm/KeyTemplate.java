package dev.cks.sim.hsm;

/**
 * An AES key as a person asks for it.
 *
 * @param bytes 16, 24 or 32
 * @param persistent whether it outlives the login (a token key, not a session key)
 * @param extractable whether it may be wrapped and taken out
 */
public record KeyTemplate(String label, int bytes, boolean persistent, boolean extractable) {
  public KeyTemplate {
    if (bytes != 16 && bytes != 24 && bytes != 32) {
      throw new IllegalArgumentException("an AES key has 16, 24 or 32 bytes, not " + bytes);
    }
  }

  /** What KMS asks for. */
  static KeyTemplate backingKey(String label) {
    return new KeyTemplate(label, 32, true, false);
  }
}
