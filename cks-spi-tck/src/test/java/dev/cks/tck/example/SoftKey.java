package dev.cks.tck.example;

import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key of {@link SoftCluster}: the JDK's AES-GCM with an IV of its own for each message. */
final class SoftKey implements HsmKey {
  private static final byte SUITE = 1;
  private static final int IV = 12;
  private static final int TAG = 16;
  private static final int OVERHEAD = 1 + IV + TAG;

  private final Material material;
  private final SecureRandom random;
  private final Runnable requireUsable;

  SoftKey(Material material, SecureRandom random, Runnable requireUsable) {
    this.material = material;
    this.random = random;
    this.requireUsable = requireUsable;
  }

  /** What all sessions share of a key. */
  record Material(Facts facts, SecretKey secret) {}

  /** A key made of these bytes, which are cleared. */
  static SecretKey of(byte[] secret) {
    SecretKey key = new SecretKeySpec(secret, "AES");
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  @Override
  public Facts facts() {
    return material.facts();
  }

  // tag::key
  @Override
  public int ciphertextLength(int plaintextLength) {
    return OVERHEAD + plaintextLength;
  }

  @Override
  public int plaintextLength(int ciphertextLength) {
    return ciphertextLength - OVERHEAD; // negative says: no ciphertext is that short
  }

  @Override
  public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    requireUsable.run();
    byte[] iv = new byte[IV];
    random.nextBytes(iv);
    out[outOffset] = SUITE;
    System.arraycopy(iv, 0, out, outOffset + 1, IV);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, iv, 0, aad);
      return 1 + IV + cipher.doFinal(in, offset, length, out, outOffset + 1 + IV);
    } catch (GeneralSecurityException failure) {
      throw new HsmException(Reason.INTERNAL, "AES-GCM failed", failure);
    }
  }

  @Override
  public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    requireUsable.run();
    if (length < OVERHEAD || in[offset] != SUITE) {
      throw new HsmException(Reason.CIPHERTEXT_INVALID, "not a ciphertext of this cluster");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, in, offset + 1, aad);
      return cipher.doFinal(in, offset + 1 + IV, length - 1 - IV, out, outOffset);
    } catch (GeneralSecurityException failure) {
      throw new HsmException(Reason.CIPHERTEXT_INVALID, "not authentic");
    }
  }

  // end::key

  private Cipher cipher(int mode, byte[] iv, int offset, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, material.secret(), new GCMParameterSpec(TAG * 8, iv, offset, IV));
    cipher.updateAAD(aad);
    return cipher;
  }
}
