package dev.cks.aws;

import java.lang.management.ManagementFactory;

/** What survives a full collection, in bytes. */
public record Heap(long used) {
  /** Less than this is noise: class metadata of the collector's, caches of the JDK's. */
  public static final long FLAT = 16L << 20;

  public static Heap now() {
    System.gc();
    return new Heap(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
  }

  public long grownSince(Heap before) {
    return used - before.used;
  }
}
