package dev.cks.sim.crypto;

/** The secret part of a key object. Thread-safe. */
public sealed interface KeyMaterial permits XaesKey, PlainAesKey {

  /** Length in bytes. */
  int length();

  /** The first three bytes of a zero block encrypted: what HSMs show as key check value. */
  byte[] checkValue();

  /** Wipes it, and everything derived from it. */
  void destroy();
}
