package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class IdProperties {

  @Property
  void keyId_printedAndParsed_isTheSame(
      @ForAll long high, @ForAll long low, @ForAll boolean multiRegion) {
    KeyId id = new KeyId(high, low, multiRegion);

    assertThat(KeyId.parse(id.toString())).contains(id);
  }

  @Property
  void keyId_ofRandomBytes_isAVersion4Uuid(@ForAll @Size(16) byte[] bytes) {
    UUID uuid = UUID.fromString(KeyId.ofRandom(bytes).toString());

    assertThat(uuid.version()).isEqualTo(4);
    assertThat(uuid.variant()).isEqualTo(2);
  }

  @Property
  void keyId_parsedFromAnyText_isPrintedAsThatText(@ForAll @StringLength(max = 40) String text) {
    KeyId.parse(text).ifPresent(id -> assertThat(id).hasToString(text));
  }

  @Property
  void keyId_withOneCharacterChanged_isAnotherOrNone(
      @ForAll long high, @ForAll long low, @ForAll char other, @ForAll byte seed) {
    KeyId id = new KeyId(high, low, false);
    StringBuilder text = new StringBuilder(id.toString());
    int at = Math.floorMod(seed, text.length());
    boolean same = text.charAt(at) == other;
    text.setCharAt(at, other);

    assertThat(KeyId.parse(text.toString()).equals(java.util.Optional.of(id))).isEqualTo(same);
  }

  @Property
  void keyId_comparison_agreesWithEqualsAndWithTheSpelling(
      @ForAll long high, @ForAll long low, @ForAll long otherHigh, @ForAll long otherLow) {
    KeyId one = new KeyId(high, low, false);
    KeyId other = new KeyId(otherHigh, otherLow, false);

    assertThat(Integer.signum(one.compareTo(other)))
        .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
  }

  @Example
  void keyId_multiRegionWithTheBitsOfAnother_isNotTheOther() {
    KeyId single = new KeyId(1, 2, false);
    KeyId multi = new KeyId(1, 2, true);

    assertThat(multi).isNotEqualTo(single);
    assertThat(multi.compareTo(single)).isPositive();
    assertThat(single.compareTo(multi)).isNegative();
  }

  @Property
  void backingKeyId_fromItsBytes_isTheSame(@ForAll @Size(16) byte[] bytes) {
    BackingKeyId id = BackingKeyId.of(bytes);

    assertThat(id.toBytes()).isEqualTo(bytes);
    assertThat(BackingKeyId.of(id.toBytes())).isEqualTo(id).hasSameHashCodeAs(id);
    assertThat(id.toString()).matches("[0-9a-f]{32}");
  }

  @Property
  void backingKeyId_ofAnotherLength_isABug(@ForAll @Size(max = 40) byte[] bytes) {
    byte[] wrong = bytes.length == BackingKeyId.LENGTH ? Arrays.copyOf(bytes, 15) : bytes;

    assertThatIllegalArgumentException().isThrownBy(() -> BackingKeyId.of(wrong));
  }
}
