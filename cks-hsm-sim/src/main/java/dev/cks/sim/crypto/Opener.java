package dev.cks.sim.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Decrypts; remembers the message key of the last prefix it saw. */
final class Opener extends Context {
  private final Cipher cipher = newCipher();
  private Prefix prefix;
  private RawAesKey key;
  private boolean proven;

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
    proven = false;
  }

  /** Whether something authentic was decrypted under the present prefix. */
  boolean isProven() {
    return proven;
  }

  void markProven() {
    proven = true;
  }

  RawAesKey key() {
    return key;
  }

  int open(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset)
      throws GeneralSecurityException {
    int iv = offset + 1 + Derivation.PREFIX;
    cipher.init(
        Cipher.DECRYPT_MODE,
        key,
        new GCMParameterSpec(8 * XaesSuite.TAG, in, iv, XaesSuite.NONCE - Derivation.PREFIX));
    cipher.updateAAD(aad);
    int body = offset + XaesSuite.HEADER;
    return cipher.doFinal(in, body, length - XaesSuite.HEADER, out, outOffset);
  }

  /** The message key may be in use elsewhere: it ends with its owner, or with the last user. */
  @Override
  void wipe() {}

  private static Cipher newCipher() {
    try {
      return Aes.gcm();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }
}
