package dev.cks.spi;

/**
 * Randomness in named streams. Does not promise secrecy: a seeded source is predictable on purpose.
 * A draw in one stream never shifts another. Thread-safe.
 */
public interface RandomSource {

  /** What the bytes are for. */
  enum Stream {
    /** Ids of keys, key stores, grants, events and requests; grant tokens. */
    IDS,
    /** Key material, data keys and GenerateRandom of the standard keys. */
    MATERIAL,
    /** The secret {@code kmsuser} passwords. */
    PASSWORDS
  }

  /** Fills the whole array from a stream. */
  void fill(Stream stream, byte[] into);
}
