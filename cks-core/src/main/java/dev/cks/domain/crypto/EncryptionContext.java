package dev.cks.domain.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The name and value pairs that are bound to a ciphertext as associated data. Order does not
 * matter, case does; no context and an empty one are the same (spec E.1). Immutable.
 *
 * <p>The canonical form is injective: a count, then the pairs, each string with its length before
 * it, sorted by the bytes of all that. So no two different contexts authenticate alike.
 */
public final class EncryptionContext {
  private static final int COUNT = Integer.BYTES;
  private static final int LENGTHS = 2 * Integer.BYTES;

  /** No UTF-16 unit takes more bytes in the canonical form. */
  private static final int BYTES_PER_UNIT = 3;

  /** Longer text is encoded by the platform, which is faster then. */
  private static final int SHORT_TEXT = 48;

  /** The empty context. */
  public static final EncryptionContext EMPTY =
      new EncryptionContext(new Several(Map.of(), new byte[0]), "", "");

  // of the usual context, with one pair, nothing is copied but two references
  private final @Nullable Several several;
  private final String name;
  private final String value;

  /** Any other number of pairs; their canonical form is sorted, so it is made once. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Several(Map<String, String> pairs, byte[] canonical) {}

  private EncryptionContext(@Nullable Several several, String name, String value) {
    this.several = several;
    this.name = name;
    this.value = value;
  }

  /** The context of a request; null-free by the map's contract. */
  public static EncryptionContext of(Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return EMPTY;
    }
    if (pairs.size() == 1) {
      Map.Entry<String, String> pair = pairs.entrySet().iterator().next();
      return new EncryptionContext(
          null, Objects.requireNonNull(pair.getKey()), Objects.requireNonNull(pair.getValue()));
    }
    Map<String, String> copy = Map.copyOf(pairs);
    return copy.isEmpty()
        ? EMPTY
        : new EncryptionContext(new Several(copy, canonicalise(copy)), "", "");
  }

  private static byte[] canonicalise(Map<String, String> pairs) {
    byte[][] entries = new byte[pairs.size()][];
    int at = 0;
    int total = COUNT;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      byte[] room = new byte[maxLength(pair.getKey(), pair.getValue())];
      int end = putPair(room, 0, pair.getKey(), pair.getValue());
      byte[] entry = Arrays.copyOf(room, end);
      total += entry.length;
      entries[at++] = entry;
    }
    Arrays.sort(entries, Arrays::compareUnsigned);
    byte[] bytes = new byte[total];
    putInt(bytes, 0, entries.length);
    int offset = COUNT;
    for (byte[] entry : entries) {
      System.arraycopy(entry, 0, bytes, offset, entry.length);
      offset += entry.length;
    }
    return bytes;
  }

  private static int maxLength(String name, String value) {
    return LENGTHS + BYTES_PER_UNIT * (name.length() + value.length());
  }

  /** Writes a pair and says where it ends. */
  private static int putPair(byte[] target, int at, String name, String value) {
    return putText(target, putText(target, at, name), value);
  }

  /** Writes a text with its length before it. */
  private static int putText(byte[] target, int at, String text) {
    int length = text.length();
    int from = at + Integer.BYTES;
    if (length <= SHORT_TEXT && putAscii(target, from, text)) {
      putInt(target, at, length);
      return from + length;
    }
    byte[] bytes = utf8(text);
    putInt(target, at, bytes.length);
    System.arraycopy(bytes, 0, target, from, bytes.length);
    return from + bytes.length;
  }

  /** Says whether all of it is ASCII; else what was written is void. */
  private static boolean putAscii(byte[] target, int from, String text) {
    int seen = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      seen |= c;
      target[from + i] = (byte) c;
    }
    return seen < 0x80;
  }

  /**
   * UTF-8, except that text with a lone surrogate, which UTF-8 would blur, keeps its code units.
   */
  private static byte[] utf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    if (!mayHideSurrogate(encoded) || isWellFormed(text)) {
      return encoded;
    }
    byte[] units = new byte[1 + 2 * text.length()];
    units[0] = (byte) 0xFF; // never the first byte of UTF-8
    for (int i = 0; i < text.length(); i++) {
      units[1 + 2 * i] = (byte) (text.charAt(i) >>> 8);
      units[2 + 2 * i] = (byte) text.charAt(i);
    }
    return units;
  }

  /** A lone surrogate becomes a question mark. */
  private static boolean mayHideSurrogate(byte[] encoded) {
    for (byte b : encoded) {
      if (b == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  private static void putInt(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** The pairs, in no particular order. */
  public Map<String, String> pairs() {
    return several != null ? several.pairs() : Map.of(name, value);
  }

  /** Whether there is no pair. */
  public boolean isEmpty() {
    return several != null && several.pairs().isEmpty();
  }

  /** How many bytes the canonical form has. */
  public int canonicalLength() {
    return several != null
        ? several.canonical().length
        : writeTo(new byte[maxCanonicalLength()], 0);
  }

  /** How many bytes the canonical form has at most; costs nothing to know. */
  public int maxCanonicalLength() {
    return several != null ? several.canonical().length : COUNT + maxLength(name, value);
  }

  /**
   * Writes the canonical form into {@code target}, which has room for {@link #maxCanonicalLength}
   * bytes from {@code offset} on; those behind the canonical form may be written to as well.
   *
   * @return where it ends
   */
  public int writeTo(byte[] target, int offset) {
    if (several != null) {
      byte[] canonical = several.canonical();
      System.arraycopy(canonical, 0, target, offset, canonical.length);
      return offset + canonical.length;
    }
    putInt(target, offset, 1);
    return putPair(target, offset + COUNT, name, value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptionContext that && pairs().equals(that.pairs());
  }

  @Override
  public int hashCode() {
    return pairs().hashCode();
  }

  /** The pairs, sorted: a context is not secret, CloudTrail shows it. */
  @Override
  public String toString() {
    return new TreeMap<>(pairs()).toString();
  }
}
