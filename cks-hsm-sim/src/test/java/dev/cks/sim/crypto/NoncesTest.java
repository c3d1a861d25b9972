package dev.cks.sim.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** No nonce twice: over threads, over batches, over lives of a key, and with equal material. */
final class NoncesTest {
  private static final int THREADS = 4;

  /** The nonce of a message, by its prefix and the counter's last eight bytes. */
  private record Seen(long prefix, long counter) {}

  private static byte[] encrypt(XaesKey key) {
    byte[] out = new byte[XaesKey.ciphertextLength(1)];
    key.encrypt(new byte[1], 0, 1, new byte[1], 0, 1, out, 0);
    return out;
  }

  /**
   * Counters of one batch are consecutive, so a batch is kept as its prefix and a set of ranges: a
   * hundred million nonces need no more memory than the batches they came in.
   */
  private static final class Batches {
    private final List<long[]> starts = new ArrayList<>();
    private long prefix;
    private long first;
    private long next;
    private long count;

    void add(byte[] message) {
      long head = ByteBuffer.wrap(message).getLong(1);
      long counter = ByteBuffer.wrap(message).getLong(17);
      if (count > 0 && head == prefix && counter == next) {
        next++;
      } else {
        close();
        prefix = head;
        first = counter;
        next = counter + 1;
      }
      count++;
    }

    void close() {
      if (count > 0) {
        starts.add(new long[] {prefix, first, next});
      }
    }
  }

  private static void assertNoRepeat(List<Batches> ofThreads) {
    List<long[]> ranges = new ArrayList<>();
    ofThreads.forEach(batches -> ranges.addAll(batches.starts));
    ranges.sort(
        (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compareUnsigned(a[1], b[1]));
    for (int i = 1; i < ranges.size(); i++) {
      long[] before = ranges.get(i - 1);
      long[] range = ranges.get(i);
      boolean apart = before[0] != range[0] || Long.compareUnsigned(before[2], range[1]) <= 0;
      assertThat(apart).as("ranges of prefix %x", range[0]).isTrue();
    }
  }

  private static void run(long perThread, int batch) {
    XaesKey key = new XaesSuite(64, batch).key(new byte[32]);
    List<Batches> ofThreads =
        IntStream.range(0, THREADS).mapToObj(thread -> new Batches()).toList();
    ofThreads.parallelStream()
        .forEach(
            batches -> {
              for (long i = 0; i < perThread; i++) {
                batches.add(encrypt(key));
              }
              batches.close();
            });
    assertThat(ofThreads.stream().mapToLong(batches -> batches.count).sum())
        .isEqualTo(THREADS * perThread);
    assertNoRepeat(ofThreads);
  }

  @Test
  void aMillionMessages_onManyThreads_noNonceTwice() {
    run(1_000_000 / THREADS, 10_000);
  }

  @Test
  void aHundredMillionMessages_onManyThreads_noNonceTwice() {
    Assumptions.assumeTrue(
        Boolean.getBoolean("cks.long"), "a matter of minutes: runs with -Dcks.long=true");
    run(100_000_000 / THREADS, XaesSuite.BATCH);
  }

  /** A restart, or another process with the same seed: the same material in another suite. */
  @Test
  void sameMaterialAgainAndAgain_noNonceTwice() {
    Set<Seen> seen = new HashSet<>();
    for (int life = 0; life < 200; life++) {
      XaesKey key = new XaesSuite(4, 1000).key(new byte[32]);
      for (int i = 0; i < 10; i++) {
        ByteBuffer message = ByteBuffer.wrap(encrypt(key));
        assertThat(seen.add(new Seen(message.getLong(1), message.getLong(17)))).isTrue();
      }
      key.destroy();
    }
  }

  @Test
  void batchAtItsLimit_endsWithIt() {
    XaesKey key = new XaesSuite(4, 5).key(new byte[32]);
    List<byte[]> prefixes = new ArrayList<>();

    for (int i = 0; i < 15; i++) {
      prefixes.add(Arrays.copyOfRange(encrypt(key), 1, 13));
    }

    assertThat(prefixes.stream().map(ByteBuffer::wrap).distinct()).hasSize(3);
    assertThat(prefixes.get(4)).isEqualTo(prefixes.get(0)).isNotEqualTo(prefixes.get(5));
  }
}
