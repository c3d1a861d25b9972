package dev.cks.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM on the Java platform's own provider. {@link #seal} and {@link #open} are the least
 * that it costs: ciphers made once, a counter as IV, one fresh array for each answer. {@link
 * #sealAsUsual} is how it is found in most code. For one thread at a time.
 */
@SuppressForbidden("the usual source of IVs is a part of what is measured")
final class RawAes {
  static final int IV = 12;
  static final int TAG = 16;
  private static final int KEY = 32;

  private final SecretKeySpec key;
  private final Cipher sealing = cipher();
  private final Cipher opening = cipher();
  private final SecureRandom shared = new SecureRandom();
  private final BatchedRandom dataKeys = new BatchedRandom();
  private final byte[] aad;
  private long counter;

  RawAes(int aadLength) {
    this(aadLength, 0);
  }

  /** One of several, under a key of its own. */
  RawAes(int aadLength, int number) {
    this.key = new SecretKeySpec(ByteBuffer.allocate(KEY).putInt(number).array(), "AES");
    this.aad = new byte[aadLength];
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] seal(byte[] plaintext) {
    byte[] out = new byte[IV + plaintext.length + TAG];
    sealInto(out, plaintext, key);
    return out;
  }

  /** The same into an array that is there already. */
  int sealInto(byte[] out, byte[] plaintext) {
    return sealInto(out, plaintext, key);
  }

  /** The same under a key that the cipher has not seen before. */
  byte[] sealRekeyed(byte[] plaintext, SecretKeySpec another) {
    byte[] out = new byte[IV + plaintext.length + TAG];
    sealInto(out, plaintext, another);
    return out;
  }

  private int sealInto(byte[] out, byte[] plaintext, SecretKeySpec under) {
    ByteBuffer.wrap(out).putInt(0, 0).putLong(IV - Long.BYTES, counter++);
    try {
      sealing.init(Cipher.ENCRYPT_MODE, under, new GCMParameterSpec(8 * TAG, out, 0, IV));
      sealing.updateAAD(aad);
      return IV + sealing.doFinal(plaintext, 0, plaintext.length, out, IV);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Thirty-two bytes of a batched generator, and the same encrypted: what a data key is. */
  byte[] dataKey() {
    byte[] plaintext = new byte[KEY];
    dataKeys.fill(plaintext);
    return seal(plaintext);
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

  /** A cipher, a key object and a random IV for each message. */
  byte[] sealAsUsual(byte[] plaintext) {
    byte[] iv = new byte[IV];
    shared.nextBytes(iv);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key.getEncoded(), "AES"),
          new GCMParameterSpec(8 * TAG, iv));
      cipher.updateAAD(aad);
      byte[] sealed = cipher.doFinal(plaintext);
      byte[] out = Arrays.copyOf(iv, IV + sealed.length);
      System.arraycopy(sealed, 0, out, IV, sealed.length);
      return out;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
