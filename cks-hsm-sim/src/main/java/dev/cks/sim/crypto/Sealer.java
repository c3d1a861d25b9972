package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * Encrypts one batch: messages that share a nonce prefix, hence a message key, and are told apart
 * by a counter. The batch ends with this object, so no counter is ever used twice.
 */
final class Sealer extends Context {
  private final Cipher cipher;
  private final RawAesKey key;
  private final byte[] nonce;
  private final MessageIv iv = new MessageIv();
  private int left;

  /**
   * Begins a batch.
   *
   * @param nonce 24 fresh random bytes; taken over
   * @param limit how many messages the batch may have
   */
  Sealer(XaesKey owner, RawAesKey key, byte[] nonce, int limit) throws GeneralSecurityException {
    super(owner);
    this.cipher = Aes.gcm();
    this.key = key;
    this.nonce = nonce;
    this.left = limit;
  }

  boolean isSpent() {
    return left <= 0;
  }

  /** The associated data may lie where the output goes: it is read before anything is written. */
  int seal(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, iv.at(nonce, Derivation.PREFIX));
    cipher.updateAAD(aad, aadOffset, aadLength);
    out[outOffset] = XaesSuite.ID;
    System.arraycopy(nonce, 0, out, outOffset + 1, XaesSuite.NONCE);
    stepOn();
    return XaesSuite.HEADER + cipher.doFinal(in, offset, length, out, outOffset + XaesSuite.HEADER);
  }

  /** The nonce is used up, even if the cipher fails now. */
  private void stepOn() {
    left--;
    for (int i = XaesSuite.NONCE - 1; i >= Derivation.PREFIX && ++nonce[i] == 0; i--) {
      // the carry goes on to the next byte
    }
  }

  @Override
  void wipe() {
    key.destroy();
  }
}
