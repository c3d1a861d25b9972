package dev.cks.domain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The canonical form byte for byte: every ciphertext that is kept somewhere depends on it. */
class EncryptionContextTest {
  private static byte[] canonical(Map<String, String> pairs) {
    EncryptionContext context = EncryptionContext.of(pairs);
    byte[] bytes = new byte[context.maxCanonicalLength() + 2];
    assertThat(context.writeTo(bytes, 2)).isEqualTo(2 + context.canonicalLength());
    byte[] written = new byte[context.canonicalLength()];
    System.arraycopy(bytes, 2, written, 0, written.length);
    return written;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void canonical_onePair_isACountAndTwoLengthsWithTheirText() {
    assertThat(canonical(Map.of("ab", "c")))
        .isEqualTo(bytes(0, 0, 0, 1, 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 1, 'c'));
  }

  @Test
  void canonical_severalPairs_areSortedByTheirBytes() {
    assertThat(canonical(Map.of("b", "", "a", "x")))
        .isEqualTo(
            bytes(
                0, 0, 0, 2, //
                0, 0, 0, 1, 'a', 0, 0, 0, 1, 'x', //
                0, 0, 0, 1, 'b', 0, 0, 0, 0));
  }

  @Test
  void canonical_longText_hasAllBytesOfItsLength() {
    String longest = "v".repeat(0x010203);

    byte[] written = canonical(Map.of("k", longest));

    assertThat(written).hasSize(4 + 4 + 1 + 4 + 0x010203);
    assertThat(written).startsWith(0, 0, 0, 1, 0, 0, 0, 1, 'k', 0, 1, 2, 3, 'v');
  }

  @Test
  void canonical_questionMarksAndPairsOfSurrogates_areUtf8() {
    byte[] key = "?\ud83d\udd11".getBytes(StandardCharsets.UTF_8);

    assertThat(canonical(Map.of("k", "?\ud83d\udd11"))).hasSize(4 + 4 + 1 + 4 + key.length);
  }

  @Test
  void canonical_loneSurrogates_keepTheirCodeUnits() {
    assertThat(canonical(Map.of("k", "\ud83d"))).endsWith(bytes(0, 0, 0, 3, 0xFF, 0xd8, 0x3d));
    assertThat(canonical(Map.of("k", "a\udd11")))
        .endsWith(bytes(0, 0, 0, 5, 0xFF, 0, 'a', 0xdd, 0x11));
    assertThat(canonical(Map.of("k", "\ud83da")))
        .endsWith(bytes(0, 0, 0, 5, 0xFF, 0xd8, 0x3d, 0, 'a'));
  }

  @Test
  void equals_samePairs_only() {
    EncryptionContext context = EncryptionContext.of(Map.of("a", "b"));

    assertThat(context)
        .isEqualTo(EncryptionContext.of(Map.of("a", "b")))
        .hasSameHashCodeAs(EncryptionContext.of(Map.of("a", "b")))
        .isNotEqualTo(EncryptionContext.of(Map.of("a", "c")))
        .isNotEqualTo(Map.of("a", "b"));
    assertThat(context.hashCode()).isEqualTo(Map.of("a", "b").hashCode());
    assertThat(EncryptionContext.of(Map.of())).isSameAs(EncryptionContext.EMPTY);
  }

  @Test
  void toString_isSorted() {
    assertThat(EncryptionContext.of(Map.of("b", "2", "a", "1"))).hasToString("{a=1, b=2}");
  }
}
