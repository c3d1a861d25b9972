package dev.cks.domain.key;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The id of key material inside a cluster (PKCS#11 {@code CKA_ID}): 16 random bytes chosen by the
 * library <em>before</em> generation, so that creating twice is harmless and a crash leaves nothing
 * nameless behind.
 */
public record BackingKeyId(long high, long low) {
  /** Length in bytes. */
  public static final int LENGTH = 16;

  /**
   * The id that these bytes are, most significant first.
   *
   * @throws IllegalArgumentException unless there are {@link #LENGTH} of them
   */
  public static BackingKeyId of(byte[] sixteenBytes) {
    if (sixteenBytes.length != LENGTH) {
      throw new IllegalArgumentException("a backing key id has 16 bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(sixteenBytes);
    return new BackingKeyId(bytes.getLong(), bytes.getLong());
  }

  /** The {@link #LENGTH} bytes of the id, as {@code CKA_ID} has them; a fresh array. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BackingKeyId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    long mixed = high ^ Long.rotateLeft(low, 32);
    return (int) (mixed ^ mixed >>> 32);
  }

  /** 32 hex digits, as CloudTrail shows it. */
  @Override
  public String toString() {
    return hex(high, low);
  }

  /** 128 bits as 32 hex digits. */
  static String hex(long high, long low) {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(high) + format.toHexDigits(low);
  }
}
