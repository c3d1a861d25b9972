package dev.cks.sim.time;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream of a {@link Seed}: SHA-256 over a key and a block counter. Each draw takes whole
 * blocks, so threads never share one. Thread-safe without a lock.
 */
public final class SeededStream {
  private static final int BLOCK = 32;

  /** Has seen the key; each block goes on from a copy, which is cheaper than a fresh digest. */
  private final MessageDigest keyed;

  private final AtomicLong nextBlock = new AtomicLong();

  SeededStream(long root, byte[] name) {
    keyed = sha256();
    keyed.update(
        sha256()
            .digest(ByteBuffer.allocate(Long.BYTES + name.length).putLong(root).put(name).array()));
  }

  /** Fills the whole array. */
  public void fill(byte[] into) {
    long block = nextBlock.getAndAdd((into.length + BLOCK - 1) / BLOCK);
    for (int done = 0; done < into.length; done += BLOCK) {
      System.arraycopy(block(block++), 0, into, done, Math.min(BLOCK, into.length - done));
    }
  }

  /** Any long. */
  public long nextLong() {
    byte[] bytes = new byte[Long.BYTES];
    fill(bytes);
    return ByteBuffer.wrap(bytes).getLong();
  }

  /**
   * A number from 0 to {@code bound - 1}, each equally likely.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("bound must be positive: " + bound);
    }
    long drawn;
    long number;
    do { // the last, incomplete run of numbers would favour small ones
      drawn = nextLong() >>> 1;
      number = drawn % bound;
    } while (drawn - number > Long.MAX_VALUE - (bound - 1));
    return (int) number;
  }

  private byte[] block(long index) {
    MessageDigest sha = copyOfKeyed();
    sha.update(ByteBuffer.allocate(Long.BYTES).putLong(index).flip());
    return sha.digest();
  }

  private MessageDigest copyOfKeyed() {
    try {
      return (MessageDigest) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the Java platform's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
