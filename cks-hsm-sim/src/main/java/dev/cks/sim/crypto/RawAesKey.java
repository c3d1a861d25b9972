package dev.cks.sim.crypto;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * An AES key whose bytes can be wiped, which {@code SecretKeySpec} does not offer. Thread-safe; a
 * wiped key refuses to be used instead of encrypting under zeros.
 */
final class RawAesKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private transient volatile boolean wiped;

  /** Takes the array over. */
  RawAesKey(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    byte[] copy = bytes.clone();
    VarHandle.loadLoadFence(); // who has read wiped bytes sees that they are
    if (wiped) {
      throw new IllegalStateException("the key has been wiped");
    }
    return copy;
  }

  @Override
  public void destroy() {
    wiped = true;
    VarHandle.storeStoreFence();
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean isDestroyed() {
    return wiped;
  }
}
