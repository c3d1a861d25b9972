package dev.cks.domain.key;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/**
 * The id of a KMS key: a UUID in lower-case hex, {@code 1234abcd-12ab-34cd-56ef-1234567890ab}, or
 * {@code mrk-} and 32 hex digits for a multi-Region key. Kept as 128 bits, so that a million of
 * them stay small and a ciphertext blob can carry one in 16 bytes.
 */
public record KeyId(long high, long low, boolean multiRegion) implements Comparable<KeyId> {
  private static final int UUID_LENGTH = 36;
  private static final String MULTI_REGION_PREFIX = "mrk-";

  /** A version 4 UUID made from 16 random bytes. */
  public static KeyId ofRandom(byte[] sixteenBytes) {
    ByteBuffer bytes = ByteBuffer.wrap(sixteenBytes);
    long high = (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new KeyId(high, low, false);
  }

  /** Reads exactly the two documented spellings; anything else is empty. */
  public static Optional<KeyId> parse(String text) {
    return parse(text, 0);
  }

  /** As {@link #parse(String)}, from {@code from} to the end, without cutting the text. */
  static Optional<KeyId> parse(String text, int from) {
    int length = text.length() - from;
    if (length != UUID_LENGTH) {
      return Optional.empty();
    }
    boolean multiRegion = text.startsWith(MULTI_REGION_PREFIX, from);
    long high = 0;
    long low = 0;
    int digits = 0;
    for (int i = multiRegion ? MULTI_REGION_PREFIX.length() : 0; i < length; i++) {
      char c = text.charAt(from + i);
      if (!multiRegion && isDash(i)) {
        if (c != '-') {
          return Optional.empty();
        }
        continue;
      }
      int digit = hexDigit(c);
      if (digit < 0) {
        return Optional.empty();
      }
      if (digits++ < 16) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    return Optional.of(new KeyId(high, low, multiRegion));
  }

  private static boolean isDash(int index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
  }

  private static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  @Override
  public int compareTo(KeyId other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    if (byHigh != 0) {
      return byHigh;
    }
    int byLow = Long.compareUnsigned(low, other.low);
    return byLow != 0 ? byLow : Boolean.compare(multiRegion, other.multiRegion);
  }

  @Override
  public int hashCode() {
    long mixed = high ^ Long.rotateLeft(low, 32);
    return (int) (mixed ^ mixed >>> 32);
  }

  /** The spelling that AWS shows. */
  @Override
  public String toString() {
    if (multiRegion) {
      return MULTI_REGION_PREFIX + hex(high) + hex(low);
    }
    return new UUID(high, low).toString();
  }

  private static String hex(long bits) {
    String digits = Long.toHexString(bits);
    return "0".repeat(16 - digits.length()) + digits;
  }
}
