package dev.cks.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts XAES-256-GCM with a message key derived for each message, by ciphers that are made once:
 * what decryption costs when no prefix is ever seen again. For one thread at a time.
 */
final class RawXaes {
  static final int NONCE = 24;
  private static final int BLOCK = 16;
  private static final int PREFIX = 12;

  private final Cipher blocks;
  private final Cipher gcm;
  private final byte[] mask;
  private final byte[] aad;

  RawXaes(byte[] key, int aadLength) {
    aad = new byte[aadLength];
    try {
      blocks = Cipher.getInstance("AES/ECB/NoPadding");
      blocks.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      gcm = Cipher.getInstance("AES/GCM/NoPadding");
      mask = doubled(blocks.doFinal(new byte[BLOCK]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Decrypts a message that begins with its nonce. */
  byte[] open(byte[] message) {
    return run(Cipher.DECRYPT_MODE, message, NONCE, message.length - NONCE);
  }

  /** Encrypts under a nonce that the caller gives. */
  byte[] seal(byte[] nonce, byte[] plaintext) {
    byte[] in = new byte[NONCE + plaintext.length];
    System.arraycopy(nonce, 0, in, 0, NONCE);
    System.arraycopy(plaintext, 0, in, NONCE, plaintext.length);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, in, NONCE, plaintext.length);
    byte[] out = new byte[NONCE + sealed.length];
    System.arraycopy(nonce, 0, out, 0, NONCE);
    System.arraycopy(sealed, 0, out, NONCE, sealed.length);
    return out;
  }

  private byte[] run(int mode, byte[] message, int offset, int length) {
    try {
      gcm.init(
          mode,
          new SecretKeySpec(messageKey(message), "AES"),
          new GCMParameterSpec(8 * RawAes.TAG, message, PREFIX, NONCE - PREFIX));
      gcm.updateAAD(aad);
      return gcm.doFinal(message, offset, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] messageKey(byte[] nonce) throws GeneralSecurityException {
    byte[] input = new byte[2 * BLOCK];
    for (int half = 0; half < 2; half++) {
      int at = half * BLOCK;
      input[at + 1] = (byte) (half + 1);
      input[at + 2] = 'X';
      System.arraycopy(nonce, 0, input, at + BLOCK - PREFIX, PREFIX);
      for (int i = 0; i < BLOCK; i++) {
        input[at + i] ^= mask[i];
      }
    }
    return blocks.doFinal(input);
  }

  private static byte[] doubled(byte[] block) {
    byte[] twice = new byte[BLOCK];
    int carry = 0;
    for (int i = BLOCK - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xff) << 1 | carry;
      twice[i] = (byte) shifted;
      carry = shifted >>> 8;
    }
    twice[BLOCK - 1] ^= (byte) (0x87 * carry);
    return twice;
  }
}
