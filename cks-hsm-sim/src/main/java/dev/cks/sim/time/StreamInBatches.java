package dev.cks.sim.time;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A stream drawn from a batch at a time, for small draws that are many. Bytes are wiped as they are
 * handed out. Thread-safe without a lock; on one thread the same draws give the same bytes.
 */
final class StreamInBatches {
  private static final int BATCH = 4096;
  private static final int KEY = 32;
  private static final int IV = 16;

  private final Supplier<SeededStream> stream;
  private volatile @Nullable Batch batch;

  /** Made when first drawn from. */
  StreamInBatches(Supplier<SeededStream> stream) {
    this.stream = stream;
  }

  /** Fills the whole array. */
  void fill(byte[] into) {
    if (into.length > BATCH) {
      stream.get().fill(into);
      return;
    }
    Batch present = batch;
    while (present == null || !present.take(into)) {
      present = next(present);
    }
  }

  private synchronized Batch next(@Nullable Batch spent) {
    Batch present = batch;
    if (present == null || present == spent) {
      present = new Batch(expanded());
      batch = present;
    }
    return present;
  }

  /** The stream gives a key, and AES in counter mode the batch: much faster than the stream. */
  private byte[] expanded() {
    byte[] key = new byte[KEY];
    stream.get().fill(key);
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[IV]));
      return cipher.doFinal(new byte[BATCH]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java platform has AES in counter mode", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** A part of the stream; what is left over at its end is never handed out. */
  private static final class Batch {
    private final byte[] bytes;
    private final AtomicInteger used = new AtomicInteger();

    Batch(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean take(byte[] into) {
      int from = used.get() > BATCH ? BATCH : used.getAndAdd(into.length);
      if (from > BATCH - into.length) {
        return false;
      }
      System.arraycopy(bytes, from, into, 0, into.length);
      Arrays.fill(bytes, from, from + into.length, (byte) 0);
      return true;
    }
  }
}
