package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts one batch: messages that share a nonce prefix, hence a message key, and are told apart
 * by a counter. The batch ends with this object, so no counter is ever used twice.
 */
final class Sealer extends Context {
  private final Cipher cipher;
  private final RawAesKey key;
  private final byte[] nonce;
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

  int seal(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset)
      throws GeneralSecurityException {
    out[outOffset] = XaesSuite.ID;
    System.arraycopy(nonce, 0, out, outOffset + 1, nonce.length);
    cipher.init(Cipher.ENCRYPT_MODE, key, nextIv());
    cipher.updateAAD(aad);
    return XaesSuite.HEADER + cipher.doFinal(in, offset, length, out, outOffset + XaesSuite.HEADER);
  }

  /** The IV of this message; the counter stands on the next one afterwards. */
  private GCMParameterSpec nextIv() {
    GCMParameterSpec iv =
        new GCMParameterSpec(
            8 * XaesSuite.TAG, nonce, Derivation.PREFIX, nonce.length - Derivation.PREFIX);
    left--;
    for (int i = nonce.length - 1; i >= Derivation.PREFIX && ++nonce[i] == 0; i--) {
      // the carry goes on to the next byte
    }
    return iv;
  }

  @Override
  void wipe() {
    key.destroy();
  }
}
