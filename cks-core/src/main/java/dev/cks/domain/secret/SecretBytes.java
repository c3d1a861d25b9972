package dev.cks.domain.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * A password or a piece of plaintext that must not leak: copied in, read back only with a {@link
 * SecretAccess}, wiped on {@link #close()}, compared in constant time, printed as its length only.
 * Safe for use by several threads, of which one may close it.
 */
public final class SecretBytes implements AutoCloseable {
  private final byte[] bytes;
  private volatile boolean closed;

  private SecretBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code secret}; wiping the original stays the caller's business. */
  public static SecretBytes copyOf(byte[] secret) {
    return new SecretBytes(secret.clone());
  }

  /** The UTF-8 bytes of a text. The text itself cannot be wiped. */
  public static SecretBytes ofText(String secret) {
    return new SecretBytes(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A fresh copy of the secret, to be wiped by the caller.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public byte[] reveal(SecretAccess access) {
    Objects.requireNonNull(access);
    byte[] copy = bytes.clone();
    if (closed) {
      throw new IllegalStateException("the secret has been wiped");
    }
    return copy;
  }

  /** A copy with a life of its own. */
  public SecretBytes copy() {
    byte[] copy = reveal(SecretAccess.granted());
    return new SecretBytes(copy);
  }

  /** Length in bytes. */
  public int length() {
    return bytes.length;
  }

  /** Wipes the secret. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretBytes that && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** Tells the length only: a hash of a short secret would tell the secret. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "SecretBytes[" + bytes.length + " bytes]";
  }
}
