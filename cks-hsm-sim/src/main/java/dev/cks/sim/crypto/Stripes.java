package dev.cks.sim.crypto;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Places of an array that threads do not wait for each other at: far enough apart not to share a
 * cache line, and each thread begins at one of its own.
 */
final class Stripes {
  /** How many places there are. */
  static final int COUNT = 8;

  /** In references: 128 bytes, since processors fetch lines in pairs. */
  private static final int APART = 32;

  private Stripes() {}

  static <T> AtomicReferenceArray<T> array() {
    return new AtomicReferenceArray<>((COUNT + 1) * APART);
  }

  /** Where in the array a place is, counted round. */
  static int at(int place) {
    return (place % COUNT + 1) * APART;
  }

  /** The place that the calling thread begins at. */
  static int home() {
    return (int) (Thread.currentThread().getId() % COUNT);
  }
}
