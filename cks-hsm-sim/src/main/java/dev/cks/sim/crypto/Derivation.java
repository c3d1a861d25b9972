package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * How XAES-256-GCM makes a message key of a key and the first half of a nonce (C2SP). Keeps the
 * block cipher that the key has been expanded for, which is most of the work. For one thread at a
 * time.
 */
final class Derivation {
  /** Length of the nonce's first half. */
  static final int PREFIX = 12;

  private final XaesKey key;
  private final Cipher aes;
  private final byte[] mask;

  Derivation(XaesKey key) throws GeneralSecurityException {
    this.key = key;
    RawAesKey material = key.material();
    try {
      this.aes = Aes.blocks(material);
    } finally {
      material.destroy();
    }
    this.mask = doubled(aes.doFinal(new byte[Aes.BLOCK]));
  }

  /** The message key for the prefix that begins at {@code offset} of {@code nonce}. */
  RawAesKey messageKey(byte[] nonce, int offset) throws GeneralSecurityException {
    byte[] blocks = new byte[2 * Aes.BLOCK];
    writeBlock(blocks, 0, (byte) 1, nonce, offset);
    writeBlock(blocks, Aes.BLOCK, (byte) 2, nonce, offset);
    byte[] derived = aes.doFinal(blocks);
    if (key.isDestroyed()) { // the cipher would go on with its own copy
      Arrays.fill(derived, (byte) 0);
      throw new IllegalStateException("the key has been wiped");
    }
    return new RawAesKey(derived);
  }

  /** Forgets what can be forgotten; the cipher's own copy of the key goes with this object. */
  void wipe() {
    Arrays.fill(mask, (byte) 0);
  }

  private void writeBlock(byte[] blocks, int at, byte counter, byte[] nonce, int offset) {
    blocks[at + 1] = counter;
    blocks[at + 2] = 'X';
    System.arraycopy(nonce, offset, blocks, at + Aes.BLOCK - PREFIX, PREFIX);
    for (int i = 0; i < Aes.BLOCK; i++) {
      blocks[at + i] ^= mask[i];
    }
  }

  /** Doubling in GF(2^128) as CMAC does it; without a branch on a secret bit. */
  private static byte[] doubled(byte[] block) {
    int carry = 0;
    for (int i = Aes.BLOCK - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xff) << 1 | carry;
      block[i] = (byte) shifted;
      carry = shifted >>> 8;
    }
    block[Aes.BLOCK - 1] ^= (byte) (0x87 & -carry);
    return block;
  }
}
