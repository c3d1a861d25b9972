package dev.cks.sim.time;

import dev.cks.spi.RandomSource;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One number from which all chance of a simulated world comes. Each name has a stream of its own: a
 * draw in one never shifts another, so adding a draw somewhere leaves the rest of a history as it
 * was. Predictable on purpose, and never used for nonces. Thread-safe.
 */
public final class Seed implements RandomSource {
  private final long root;
  private final ConcurrentMap<String, SeededStream> streams = new ConcurrentHashMap<>();

  private final StreamInBatches material;

  private Seed(long root) {
    this.root = root;
    this.material = new StreamInBatches(() -> stream("material"));
  }

  /** The seed with this number. */
  public static Seed of(long root) {
    return new Seed(root);
  }

  /** The number to write down in order to see the same history again. */
  public long root() {
    return root;
  }

  /** The stream with this name; the same one, wherever it stands, each time it is asked for. */
  public SeededStream stream(String name) {
    return streams.computeIfAbsent(name, this::newStream);
  }

  @Override
  public void fill(Stream stream, byte[] into) {
    if (stream == Stream.MATERIAL) { // one draw for each data key
      material.fill(into);
    } else {
      stream(stream.name().toLowerCase(Locale.ROOT)).fill(into);
    }
  }

  private SeededStream newStream(String name) {
    return new SeededStream(root, name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Seed[" + root + "]";
  }
}
