package dev.cks.memory;

import dev.cks.spi.RandomSource;
import java.security.SecureRandom;

/** The operating system's randomness, for every stream. */
@SuppressForbidden
public final class SystemRandom implements RandomSource {
  private final SecureRandom random = new SecureRandom();

  /** Seeded by the operating system. */
  public SystemRandom() {}

  @Override
  public void fill(Stream stream, byte[] into) {
    random.nextBytes(into);
  }
}
