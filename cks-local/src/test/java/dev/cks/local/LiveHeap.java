package dev.cks.local;

import java.lang.management.ManagementFactory;

/** What survives a full collection. */
final class LiveHeap {
  /** Bytes; less is noise: class metadata of the collector's, caches of the JDK's. */
  static final long FLAT = 16L << 20;

  private LiveHeap() {}

  static long bytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
