package dev.cks.domain.grant;

import java.util.HexFormat;
import java.util.Optional;

/** The id of a grant: 64 hex digits in lower case, unique in account and Region (spec A.7). */
public record GrantId(String value) implements Comparable<GrantId> {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** An id made from 32 random bytes. */
  public static GrantId of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a grant id has 32 bytes");
    }
    return new GrantId(HexFormat.of().formatHex(bytes));
  }

  /** Reads exactly the documented spelling; anything else is empty. */
  public static Optional<GrantId> parse(String text) {
    boolean wellFormed = text.length() == 2 * LENGTH && text.chars().allMatch(GrantId::isHexDigit);
    return wellFormed ? Optional.of(new GrantId(text)) : Optional.empty();
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  /** The bytes that the id was made from. */
  public byte[] toBytes() {
    return HexFormat.of().parseHex(value);
  }

  @Override
  public int compareTo(GrantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
