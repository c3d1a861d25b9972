package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Decrypts; remembers the message key of the last prefix it saw. */
final class Opener extends Context {
  private final Cipher cipher = newCipher();
  private final MessageIv iv = new MessageIv();
  private Prefix prefix;
  private RawAesKey key;
  private long opened;
  private @Nullable Derivation derivation;

  Opener(Prefix prefix, RawAesKey key) {
    super(prefix.owner());
    this.prefix = prefix;
    this.key = key;
  }

  Prefix prefix() {
    return prefix;
  }

  void rekey(Prefix newPrefix, RawAesKey newKey) {
    prefix = newPrefix;
    key = newKey;
    opened = 0;
  }

  /** Whether more than one authentic message was decrypted under the present prefix. */
  boolean isWorthKeeping() {
    return opened > 1;
  }

  /** A message was authentic. */
  void opened() {
    opened++;
  }

  /** Makes message keys of the owner's key; kept, since it will be needed again. */
  Derivation derivation() throws GeneralSecurityException {
    Derivation present = derivation;
    if (present == null) {
      present = owner.derivation();
      derivation = present;
    }
    return present;
  }

  RawAesKey key() {
    return key;
  }

  int open(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException {
    cipher.init(Cipher.DECRYPT_MODE, key, iv.at(in, offset + 1 + Derivation.PREFIX));
    cipher.updateAAD(aad, aadOffset, aadLength);
    int body = offset + XaesSuite.HEADER;
    return cipher.doFinal(in, body, length - XaesSuite.HEADER, out, outOffset);
  }

  /** The message key may be in use elsewhere: it ends with its owner, or with the last user. */
  @Override
  void wipe() {
    Derivation present = derivation;
    if (present != null) {
      present.wipe();
    }
  }

  private static Cipher newCipher() {
    try {
      return Aes.gcm();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }
}
