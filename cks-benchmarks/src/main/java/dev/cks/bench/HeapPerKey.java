package dev.cks.bench;

import dev.cks.local.SimulatedAws;
import dev.cks.service.Quotas;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * The heap that many keys take in a connected key store on three HSMs, and what using them adds.
 * The first use of a key may add something to it; nothing may add up call by call.
 */
public final class HeapPerKey {
  private static final int KEYS = 1_000_000;
  private static final long BAR = 1L << 30;

  private HeapPerKey() {}

  /** Used heap, in bytes. */
  record Growth(long created, long usedOnce, long usedAgain) {}

  /** Prints the figures. Wants {@code -Xmx3g}. */
  public static void main(String[] args) {
    Growth growth = measure(KEYS);
    System.out.printf(
        Locale.ROOT,
        "heap of %,d keys: %,d bytes each, %,d MiB in all (bar %,d MiB)%n",
        KEYS,
        growth.created() / KEYS,
        growth.created() >> 20,
        BAR >> 20);
    System.out.printf(
        Locale.ROOT,
        "each key used once: %+,d bytes a key; used again: %+.1f bytes a call%n",
        growth.usedOnce() / KEYS,
        (double) growth.usedAgain() / KEYS);
  }

  static Growth measure(int keys) {
    try (SimulatedAws aws = worldWithoutLimits()) {
      long empty = usedHeap();
      createKeys(aws, keys);
      long created = usedHeap();
      encryptWithEach(aws.kms());
      long usedOnce = usedHeap();
      encryptWithEach(aws.kms());
      return new Growth(created - empty, usedOnce - created, usedHeap() - usedOnce);
    }
  }

  private static SimulatedAws worldWithoutLimits() {
    return SimulatedAws.builder()
        .quotas(Quotas.none())
        .cluster(cluster -> cluster.keyLimit(Integer.MAX_VALUE))
        .build();
  }

  private static void createKeys(SimulatedAws aws, int keys) {
    for (int i = 0; i < keys; i++) {
      aws.kms()
          .createKey(r -> r.customKeyStoreId(aws.keyStoreId()).origin(OriginType.AWS_CLOUDHSM));
    }
  }

  /** Asks for the ids page by page: a list of them all would be on the heap, too. */
  private static void encryptWithEach(KmsClient kms) {
    SdkBytes plaintext = SdkBytes.fromByteArray(new byte[32]);
    kms.listKeysPaginator(r -> r.limit(1000)).keys().stream()
        .forEach(key -> kms.encrypt(r -> r.keyId(key.keyId()).plaintext(plaintext)));
  }

  /** What survives a full collection. */
  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
