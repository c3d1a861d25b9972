package dev.cks.sim.crypto;

/**
 * Keeps what a subclass writes off the cache line of whatever lies before it in memory: two threads
 * with a context each would wait for each other otherwise. The fields of a superclass come first.
 */
@SuppressWarnings({"unused", "UnusedVariable"})
abstract class Apart {
  private long pad0;
  private long pad1;
  private long pad2;
  private long pad3;
  private long pad4;
  private long pad5;
  private long pad6;
  private long pad7;
}
