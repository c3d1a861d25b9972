package dev.cks.domain.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CiphertextBlobProperties {
  private static byte[] blob(KeyId key, BackingKeyId material, int opaque) {
    byte[] blob = new byte[CiphertextBlob.HEADER_LENGTH + opaque];
    Arrays.fill(blob, (byte) 0x5a);
    CiphertextBlob.writeHeader(blob, 0, key, material);
    return blob;
  }

  private static byte[] sample() {
    return blob(new KeyId(0x1234, 0x5678, false), new BackingKeyId(0x9abc, 0xdef0), 60);
  }

  private static byte[] associatedData(byte[] blob, EncryptionContext context) {
    byte[] target = new byte[CiphertextBlob.maxAssociatedDataLength(context)];
    int length = CiphertextBlob.writeAssociatedData(blob, 0, context, target);
    return Arrays.copyOf(target, length);
  }

  private static void assertInvalid(byte[] bytes) {
    KmsException refusal =
        catchThrowableOfType(KmsException.class, () -> CiphertextBlob.parse(bytes));
    assertThat(refusal).as(Arrays.toString(bytes)).isNotNull();
    assertThat(refusal.code()).isEqualTo(KmsErrorCode.INVALID_CIPHERTEXT);
    assertThat(refusal.getMessage()).isNull();
    assertThat(refusal.getCause()).isNull();
  }

  @Property
  void parse_aWrittenBlob_namesKeyAndMaterial(
      @ForAll long a,
      @ForAll long b,
      @ForAll long c,
      @ForAll long d,
      @ForAll @IntRange(min = 1, max = 6111) int opaque) {
    KeyId key = new KeyId(a, b, false);
    BackingKeyId material = new BackingKeyId(c, d);
    byte[] bytes = blob(key, material, opaque);

    CiphertextBlob parsed = CiphertextBlob.parse(bytes);

    assertThat(parsed.keyId()).isEqualTo(key);
    assertThat(parsed.backingKeyId()).isEqualTo(material);
    assertThat(parsed.opaqueLength()).isEqualTo(opaque);
    assertThat(parsed.bytes()).isSameAs(bytes);
  }

  @Property
  void parse_anyBytes_isABlobOrInvalidWithoutAMessage(@ForAll @Size(max = 80) byte[] bytes) {
    if (bytes.length > CiphertextBlob.HEADER_LENGTH && bytes[0] == CiphertextBlob.VERSION) {
      assertThat(CiphertextBlob.parse(bytes).bytes()).isSameAs(bytes);
    } else {
      assertInvalid(bytes);
    }
  }

  @Example
  void parse_everyTruncationIntoTheHeader_isInvalid() {
    for (int length = 0; length <= CiphertextBlob.HEADER_LENGTH; length++) {
      assertInvalid(Arrays.copyOf(sample(), length));
    }
  }

  @Example
  void parse_atTheLongestLength_isABlob_andBeyondIsInvalid() {
    assertThat(CiphertextBlob.parse(Arrays.copyOf(sample(), CiphertextBlob.MAX_LENGTH)).keyId())
        .isEqualTo(new KeyId(0x1234, 0x5678, false));
    assertInvalid(Arrays.copyOf(sample(), CiphertextBlob.MAX_LENGTH + 1));
    assertInvalid(Arrays.copyOf(sample(), 1 << 20));
  }

  /** A flipped bit names another version, key or material, and always other associated data. */
  @Example
  void parse_everyBitOfTheHeaderFlipped_isNoticed() {
    byte[] original = associatedData(sample(), EncryptionContext.EMPTY);
    for (int bit = 0; bit < CiphertextBlob.HEADER_LENGTH * Byte.SIZE; bit++) {
      byte[] flipped = sample();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      if (bit < Byte.SIZE) {
        assertInvalid(flipped);
      } else {
        assertNamesSomethingElse(CiphertextBlob.parse(flipped));
      }
      assertThat(associatedData(flipped, EncryptionContext.EMPTY)).isNotEqualTo(original);
    }
  }

  private static void assertNamesSomethingElse(CiphertextBlob parsed) {
    CiphertextBlob original = CiphertextBlob.parse(sample());
    assertThat(
            parsed.keyId().equals(original.keyId())
                && parsed.backingKeyId().equals(original.backingKeyId()))
        .isFalse();
  }

  @Example
  void associatedData_isHeaderThenContext() {
    EncryptionContext context = EncryptionContext.of(Map.of("a", "b"));

    byte[] data = associatedData(sample(), context);

    byte[] canonical = new byte[context.canonicalLength()];
    context.writeTo(canonical, 0);
    assertThat(Arrays.copyOf(data, CiphertextBlob.HEADER_LENGTH))
        .isEqualTo(Arrays.copyOf(sample(), CiphertextBlob.HEADER_LENGTH));
    assertThat(Arrays.copyOfRange(data, CiphertextBlob.HEADER_LENGTH, data.length))
        .isEqualTo(canonical);
  }
}
