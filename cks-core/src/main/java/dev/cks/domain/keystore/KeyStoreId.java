package dev.cks.domain.keystore;

import java.util.HexFormat;

/** The id of a custom key store: {@code cks-} and 17 hex digits. */
public record KeyStoreId(String value) implements Comparable<KeyStoreId> {

  /** An id made from nine random bytes. */
  public static KeyStoreId ofRandom(byte[] nineBytes) {
    return new KeyStoreId("cks-" + HexFormat.of().formatHex(nineBytes).substring(0, 17));
  }

  @Override
  public int compareTo(KeyStoreId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
