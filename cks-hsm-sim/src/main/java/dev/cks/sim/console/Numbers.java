package dev.cks.sim.console;

import java.util.Locale;
import java.util.OptionalInt;

/** Numbers as people type them and tools print them. */
final class Numbers {
  private Numbers() {}

  /** A decimal number from 0 on; empty for anything else. */
  static OptionalInt parse(String text) {
    return parse(text, 10);
  }

  /** A hex number with {@code 0x} before it. */
  static OptionalInt parseHex(String text) {
    return text.startsWith("0x") ? parse(text.substring(2), 16) : OptionalInt.empty();
  }

  private static OptionalInt parse(String text, int radix) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text, radix));
    } catch (NumberFormatException tooLarge) {
      return OptionalInt.empty();
    }
  }

  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
