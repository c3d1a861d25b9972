package dev.cks.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The least that AES-256-GCM costs in Java: ciphers made once, a counter as IV, one fresh array for
 * each answer. For one thread at a time.
 */
final class RawAes {
  private static final int IV = 12;
  private static final int TAG = 16;

  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private final Cipher sealing = gcm();
  private final Cipher opening = gcm();
  private final byte[] aad;
  private long counter;

  RawAes(int aadLength) {
    this.aad = new byte[aadLength];
  }

  private static Cipher gcm() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] seal(byte[] plaintext) {
    byte[] out = new byte[IV + plaintext.length + TAG];
    ByteBuffer.wrap(out).putLong(IV - Long.BYTES, counter++);
    try {
      sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, out, 0, IV));
      sealing.updateAAD(aad);
      sealing.doFinal(plaintext, 0, plaintext.length, out, IV);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }

  byte[] open(byte[] sealed) {
    try {
      opening.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, sealed, 0, IV));
      opening.updateAAD(aad);
      return opening.doFinal(sealed, IV, sealed.length - IV);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
