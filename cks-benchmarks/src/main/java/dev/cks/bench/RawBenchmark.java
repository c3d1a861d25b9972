package dev.cks.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The bare cipher, which the rest is measured against. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH calls setUp() first
public class RawBenchmark {
  private static final int BLOBS = 64;
  private static final int PREFIXES = 10_000;

  /** Bytes of plaintext. */
  @Param("32")
  public int size;

  /** Pairs of context, whose canonical form is the associated data with a blob's header. */
  @Param("1")
  public int pairs;

  /** How many ciphers take turns, each under a key of its own. */
  @Param("1")
  public int keys;

  private RawAes aes;
  private List<RawAes> several;
  private RawXaes xaes;
  private byte[] plaintext;
  private byte[] buffer;
  private List<byte[]> blobs;
  private @Nullable List<byte[]> xaesBlobs;
  private int next;

  /** Makes the ciphers. */
  @Setup
  public void setUp() {
    Map<String, String> context = Contexts.ofPairs(pairs);
    plaintext = new byte[size];
    buffer = new byte[RawAes.IV + size + RawAes.TAG];
    aes = new RawAes(Contexts.aadLength(context));
    several =
        IntStream.range(0, keys)
            .mapToObj(number -> new RawAes(Contexts.aadLength(context), number))
            .toList();
    blobs = Stream.generate(() -> aes.seal(plaintext)).limit(BLOBS).toList();
    xaes = new RawXaes(new byte[32], Contexts.aadLength(context));
  }

  /** Encrypt, as an expert writes it. */
  @Benchmark
  public byte[] encrypt() {
    return aes.seal(plaintext);
  }

  /** The same with a cipher for each key. */
  @Benchmark
  public byte[] encryptInTurn() {
    next = next + 1 < keys ? next + 1 : 0;
    return several.get(next).seal(plaintext);
  }

  /** Encrypt, as an expert writes it, into an array that is there already. */
  @Benchmark
  public int encryptInto() {
    return aes.sealInto(buffer, plaintext);
  }

  /** Encrypt, as most people write it. */
  @Benchmark
  public byte[] encryptAsUsual() {
    return aes.sealAsUsual(plaintext);
  }

  /** Decrypt, a round of many messages. */
  @Benchmark
  public byte[] decrypt() {
    next = (next + 1) % BLOBS;
    return aes.open(blobs.get(next));
  }

  /** A data key and its encryption. */
  @Benchmark
  public byte[] dataKey() {
    return aes.dataKey();
  }

  /** XAES-256-GCM with a key derived for each message. */
  @Benchmark
  public byte[] xaesDecrypt() {
    List<byte[]> messages = xaesBlobs != null ? xaesBlobs : makeXaesBlobs();
    next = (next + 1) % PREFIXES;
    return xaes.open(messages.get(next));
  }

  private List<byte[]> makeXaesBlobs() {
    List<byte[]> made =
        IntStream.range(0, PREFIXES)
            .mapToObj(
                i -> {
                  byte[] nonce = new byte[RawXaes.NONCE];
                  nonce[0] = (byte) i;
                  nonce[1] = (byte) (i >> 8);
                  return xaes.seal(nonce, plaintext);
                })
            .toList();
    xaesBlobs = made;
    return made;
  }
}
