package dev.cks.domain.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The id of a KMS key: a UUID in lower-case hex, {@code 1234abcd-12ab-34cd-56ef-1234567890ab}, or
 * {@code mrk-} and 32 hex digits for a multi-Region key. Kept as 128 bits, so that a million of
 * them stay small and a ciphertext blob can carry one in 16 bytes.
 */
public record KeyId(long high, long low, boolean multiRegion) implements Comparable<KeyId> {
  private static final int UUID_LENGTH = 36;
  private static final String MULTI_REGION_PREFIX = "mrk-";
  private static final byte[] HEX = hexDigits();

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
  public static Optional<KeyId> parse(String text, int from) {
    int length = text.length() - from;
    if (length != UUID_LENGTH) {
      return Optional.empty();
    }
    if (text.startsWith(MULTI_REGION_PREFIX, from)) {
      return parseMultiRegion(text, from + MULTI_REGION_PREFIX.length());
    }
    if (text.charAt(from + 8) != '-'
        || text.charAt(from + 13) != '-'
        || text.charAt(from + 18) != '-'
        || text.charAt(from + 23) != '-') {
      return Optional.empty();
    }
    // a part with a wrong digit is negative
    long first = digits(text, from, 8);
    long second = digits(text, from + 9, 4);
    long third = digits(text, from + 14, 4);
    long fourth = digits(text, from + 19, 4);
    long fifth = digits(text, from + 24, 12);
    return (first | second | third | fourth | fifth) < 0
        ? Optional.empty()
        : Optional.of(new KeyId(first << 32 | second << 16 | third, fourth << 48 | fifth, false));
  }

  private static Optional<KeyId> parseMultiRegion(String text, int from) {
    long[] parts = new long[4];
    long wrong = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = digits(text, from + 8 * i, 8);
      wrong |= parts[i];
    }
    return wrong < 0
        ? Optional.empty()
        : Optional.of(new KeyId(parts[0] << 32 | parts[1], parts[2] << 32 | parts[3], true));
  }

  /** The number that up to fifteen hex digits make, negative if one of them is none. */
  private static long digits(String text, int from, int count) {
    long number = 0;
    int wrong = 0;
    for (int i = from; i < from + count; i++) {
      char c = text.charAt(i);
      int digit = c < HEX.length ? HEX[c] : -1;
      wrong |= digit;
      number = number << 4 | digit;
    }
    return wrong < 0 ? -1 : number;
  }

  private static byte[] hexDigits() {
    byte[] digits = new byte['f' + 1];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < 16; i++) {
      digits["0123456789abcdef".charAt(i)] = (byte) i;
    }
    return digits;
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

  // by hand, as those of other ids: the generated method is put together when it is first called,
  // which is a hundredth of the first use of cks in a JVM
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyId that
        && high == that.high
        && low == that.low
        && multiRegion == that.multiRegion;
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
