package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * A cipher for whichever key needs one now: keyed anew for each message. For one thread at a time.
 */
final class Spare {
  private final Cipher cipher;
  private final MessageIv iv = new MessageIv();
  private @Nullable XaesKey last;

  Spare() throws GeneralSecurityException {
    this.cipher = Aes.gcm();
  }

  /** Whose message key the cipher still knows. */
  @Nullable XaesKey last() {
    return last;
  }

  int seal(
      XaesKey owner,
      Batch batch,
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException {
    last = owner;
    return batch.seal(cipher, iv, aad, aadOffset, aadLength, in, offset, length, out, outOffset);
  }
}
