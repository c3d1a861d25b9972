package dev.cks.bench;

import dev.cks.Kms;
import dev.cks.domain.key.KeyId;
import dev.cks.local.SimulatedAws;
import dev.cks.service.KeyRequests;
import dev.cks.service.Quotas;
import dev.cks.service.Resolution;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A connected key store on three HSMs with very many keys, of which a JVM makes one. */
final class FullStore implements AutoCloseable {
  private static volatile @Nullable FullStore present;

  private final SimulatedAws aws;
  private final String[] arns;
  private final KeyId[] ids;
  private final long empty;
  private final double heap;
  private @Nullable Map<KeyId, Object> map;
  private @Nullable Map<String, Object> mapOfArns;
  private SecretKeySpec @Nullable [] rawKeys;

  private FullStore(int keys) {
    aws =
        SimulatedAws.builder()
            .quotas(Quotas.none())
            .cluster(cluster -> cluster.keyLimit(Integer.MAX_VALUE))
            .build();
    arns = new String[keys];
    ids = new KeyId[keys];
    empty = usedHeap();
    for (int i = 0; i < keys; i++) {
      arns[i] = create();
    }
    heap = heapPerKey();
    for (int i = 0; i < keys; i++) {
      ids[i] = KeyId.parse(arns[i].substring(arns[i].lastIndexOf('/') + 1)).orElseThrow();
    }
  }

  static FullStore make(int keys) {
    FullStore made = new FullStore(keys);
    present = made;
    return made;
  }

  static FullStore present() {
    FullStore made = present;
    return made == null ? make(1000) : made;
  }

  String create() {
    return kms()
        .keys()
        .create(KeyRequests.Create.in(aws.keyStoreId()), kms().rootCaller())
        .key()
        .arn();
  }

  void reconnect() {
    kms().keyStores().disconnect(aws.keyStoreId(), kms().rootCaller());
    kms().keyStores().connect(aws.keyStoreId(), kms().rootCaller());
  }

  Kms kms() {
    return aws.core();
  }

  Resolution resolution() {
    return new Resolution(kms().crypto());
  }

  int size() {
    return arns.length;
  }

  String[] arns() {
    return arns;
  }

  KeyId[] ids() {
    return ids;
  }

  /** Bytes of heap for each key that was made. */
  double heapOfEach() {
    return heap;
  }

  /** Bytes of heap for each key, now. */
  double heapPerKey() {
    return (double) (usedHeap() - empty) / arns.length;
  }

  /** A map like the catalog's, with keys of its own. */
  Map<KeyId, Object> map() {
    Map<KeyId, Object> made = map;
    if (made == null) {
      made = new ConcurrentHashMap<>();
      for (KeyId id : ids) {
        made.put(new KeyId(id.high(), id.low(), false), new Object());
      }
      map = made;
    }
    return made;
  }

  /** A map of names, with strings of its own. */
  Map<String, Object> mapOfArns() {
    Map<String, Object> made = mapOfArns;
    if (made == null) {
      made = new ConcurrentHashMap<>();
      for (String arn : arns) {
        made.put(String.valueOf(arn.toCharArray()), new Object());
      }
      mapOfArns = made;
    }
    return made;
  }

  SecretKeySpec[] rawKeys() {
    SecretKeySpec[] made = rawKeys;
    if (made == null) {
      made = new SecretKeySpec[arns.length];
      for (int i = 0; i < made.length; i++) {
        made[i] = new SecretKeySpec(ByteBuffer.allocate(32).putInt(i).array(), "AES");
      }
      rawKeys = made;
    }
    return made;
  }

  /** What survives a full collection. */
  static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    present = null;
    aws.close();
  }
}
