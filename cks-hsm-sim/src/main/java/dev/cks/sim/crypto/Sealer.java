package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Encrypts the messages of one batch with a cipher of its own, which need not be keyed again. */
final class Sealer extends Context {
  private final Cipher cipher;
  private final MessageIv iv = new MessageIv();
  private final Batch batch;

  /** Takes over a batch that the caller holds. */
  Sealer(XaesKey owner, Batch batch) throws GeneralSecurityException {
    super(owner);
    this.cipher = Aes.gcm();
    this.batch = batch;
  }

  boolean isSpent() {
    return batch.isSpent();
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
    return batch.seal(cipher, iv, aad, aadOffset, aadLength, in, offset, length, out, outOffset);
  }

  /** The cipher failed. */
  void spend() {
    batch.spend();
  }

  /** The batch may go on without this cipher. */
  @Override
  void wipe() {
    owner.park(batch);
  }
}
