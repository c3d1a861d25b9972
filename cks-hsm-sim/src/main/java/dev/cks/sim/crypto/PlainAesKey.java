package dev.cks.sim.crypto;

import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** An AES key of any length that a person keeps in the cluster and that KMS never uses. */
public final class PlainAesKey implements KeyMaterial {
  private final RawAesKey material;
  private final int length;

  /**
   * Takes the array over.
   *
   * @throws IllegalArgumentException unless it has 16, 24 or 32 bytes
   */
  public PlainAesKey(byte[] material) {
    if (material.length != 16 && material.length != 24 && material.length != 32) {
      throw new IllegalArgumentException("an AES key has 16, 24 or 32 bytes");
    }
    this.material = new RawAesKey(material);
    this.length = material.length;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public byte[] checkValue() {
    return checkValueOf(material);
  }

  @Override
  public void destroy() {
    material.destroy();
  }

  static byte[] checkValueOf(RawAesKey key) {
    try {
      return Arrays.copyOf(Aes.blocks(key).doFinal(new byte[Aes.BLOCK]), 3);
    } catch (GeneralSecurityException | RuntimeException e) {
      if (key.isDestroyed()) {
        throw new HsmException(Reason.KEY_NOT_FOUND, "the key was destroyed meanwhile");
      }
      throw new HsmException(Reason.INTERNAL, "the cipher failed", e);
    }
  }
}
