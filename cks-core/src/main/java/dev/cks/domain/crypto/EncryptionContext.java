package dev.cks.domain.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The name and value pairs that are bound to a ciphertext as associated data. Order does not
 * matter, case does; no context and an empty one are the same (spec E.1). Immutable.
 *
 * <p>The canonical form is injective: a count, then the pairs, each string with its length before
 * it, sorted by the bytes of all that. So no two different contexts authenticate alike.
 */
public final class EncryptionContext {
  private static final byte[] NO_BYTES = new byte[0];

  /** The empty context. */
  public static final EncryptionContext EMPTY = new EncryptionContext(Map.of(), NO_BYTES);

  private final Map<String, String> pairs;
  private final byte[] canonical;

  private EncryptionContext(Map<String, String> pairs, byte[] canonical) {
    this.pairs = pairs;
    this.canonical = canonical;
  }

  /** The context of a request; null-free by the map's contract. */
  public static EncryptionContext of(Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return EMPTY;
    }
    Map<String, String> copy = Map.copyOf(pairs);
    return new EncryptionContext(copy, canonicalise(copy));
  }

  private static byte[] canonicalise(Map<String, String> pairs) {
    if (pairs.size() == 1) {
      Map.Entry<String, String> only = pairs.entrySet().iterator().next();
      byte[] bytes = entry(Integer.BYTES, only.getKey(), only.getValue());
      putInt(bytes, 0, 1);
      return bytes;
    }
    byte[][] entries = new byte[pairs.size()][];
    int at = 0;
    int total = Integer.BYTES;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      byte[] entry = entry(0, pair.getKey(), pair.getValue());
      total += entry.length;
      entries[at++] = entry;
    }
    Arrays.sort(entries, Arrays::compareUnsigned);
    byte[] bytes = new byte[total];
    putInt(bytes, 0, entries.length);
    int offset = Integer.BYTES;
    for (byte[] entry : entries) {
      System.arraycopy(entry, 0, bytes, offset, entry.length);
      offset += entry.length;
    }
    return bytes;
  }

  /** A pair, with {@code before} bytes of room in front of it. */
  private static byte[] entry(int before, String name, String value) {
    byte[] nameBytes = utf8(name);
    byte[] valueBytes = utf8(value);
    byte[] entry = new byte[before + 2 * Integer.BYTES + nameBytes.length + valueBytes.length];
    putInt(entry, before, nameBytes.length);
    System.arraycopy(nameBytes, 0, entry, before + Integer.BYTES, nameBytes.length);
    int at = before + Integer.BYTES + nameBytes.length;
    putInt(entry, at, valueBytes.length);
    System.arraycopy(valueBytes, 0, entry, at + Integer.BYTES, valueBytes.length);
    return entry;
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
    return pairs;
  }

  /** How many bytes the canonical form has. */
  public int canonicalLength() {
    return canonical.length;
  }

  /** Writes the canonical form into {@code target}, from {@code offset} on. */
  public void writeTo(byte[] target, int offset) {
    System.arraycopy(canonical, 0, target, offset, canonical.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncryptionContext that && pairs.equals(that.pairs);
  }

  @Override
  public int hashCode() {
    return pairs.hashCode();
  }

  /** The pairs, sorted: a context is not secret, CloudTrail shows it. */
  @Override
  public String toString() {
    return new TreeMap<>(pairs).toString();
  }
}
