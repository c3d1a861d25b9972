package dev.cks.bench;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** Random bytes drawn from a DRBG a buffer at a time. For one thread. */
final class BatchedRandom {
  private final SecureRandom drbg = drbg();
  private final byte[] buffer = new byte[3072];
  private int used = buffer.length;

  private static SecureRandom drbg() {
    try {
      return SecureRandom.getInstance("DRBG");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  void fill(byte[] into) {
    if (used + into.length > buffer.length) {
      drbg.nextBytes(buffer);
      used = 0;
    }
    System.arraycopy(buffer, used, into, 0, into.length);
    used += into.length;
  }
}
