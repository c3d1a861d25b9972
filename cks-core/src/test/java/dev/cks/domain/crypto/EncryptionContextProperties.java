package dev.cks.domain.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EncryptionContextProperties {
  /** Few different characters, so that texts are often nearly equal; every kind of surrogate. */
  @Provide
  Arbitrary<Map<String, String>> contexts() {
    Arbitrary<String> texts =
        Arbitraries.of(
                "a", "b", "?", "\u0000", "\u00ff", "\u00e9", "\ud800", "\udc00", "\ud83d\ude00")
            .list()
            .ofMaxSize(4)
            .map(parts -> String.join("", parts));
    return Arbitraries.maps(texts, texts).ofMaxSize(4);
  }

  private static byte[] canonical(Map<String, String> pairs) {
    EncryptionContext context = EncryptionContext.of(pairs);
    byte[] bytes = new byte[context.canonicalLength()];
    context.writeTo(bytes, 0);
    return bytes;
  }

  @Property(tries = 5000)
  void canonical_isEqualExactlyForEqualContexts(
      @ForAll("contexts") Map<String, String> one, @ForAll("contexts") Map<String, String> other) {
    assertThat(java.util.Arrays.equals(canonical(one), canonical(other)))
        .isEqualTo(one.equals(other));
  }

  @Property
  void canonical_ofShuffledPairs_isTheSame(
      @ForAll("contexts") Map<String, String> pairs, @ForAll Random random) {
    List<String> names = new ArrayList<>(pairs.keySet());
    Collections.shuffle(names, random);
    Map<String, String> shuffled = new LinkedHashMap<>();
    names.forEach(name -> shuffled.put(name, pairs.get(name)));

    assertThat(canonical(shuffled)).isEqualTo(canonical(new TreeMap<>(pairs)));
    assertThat(EncryptionContext.of(shuffled))
        .isEqualTo(EncryptionContext.of(pairs))
        .hasSameHashCodeAs(EncryptionContext.of(pairs));
  }

  @Property
  void context_ofAMapChangedLater_keepsItsPairs(@ForAll("contexts") Map<String, String> pairs) {
    Map<String, String> mine = new LinkedHashMap<>(pairs);
    EncryptionContext context = EncryptionContext.of(mine);
    mine.put("later", "x");

    assertThat(context.pairs()).isEqualTo(pairs);
  }

  @Property
  void writeTo_saysWhereItEnds_withinTheRoomAskedFor(
      @ForAll("contexts") Map<String, String> pairs) {
    EncryptionContext context = EncryptionContext.of(pairs);
    byte[] room = new byte[context.maxCanonicalLength()];

    int end = context.writeTo(room, 0);

    assertThat(end).isEqualTo(context.canonicalLength()).isLessThanOrEqualTo(room.length);
    assertThat(Arrays.copyOf(room, end)).isEqualTo(canonical(pairs));
  }

  @Property
  void writeTo_withAnOffset_touchesNothingElse(@ForAll("contexts") Map<String, String> pairs) {
    byte[] plain = canonical(pairs);
    byte[] target = new byte[plain.length + 6];
    EncryptionContext.of(pairs).writeTo(target, 3);

    byte[] expected = new byte[target.length];
    System.arraycopy(plain, 0, expected, 3, plain.length);
    assertThat(target).isEqualTo(expected);
  }

  @Example
  void canonical_boundaryMovedBetweenNameAndValue_differs() {
    assertThat(canonical(Map.of("ab", "c"))).isNotEqualTo(canonical(Map.of("a", "bc")));
    assertThat(canonical(Map.of("abc", ""))).isNotEqualTo(canonical(Map.of("", "abc")));
  }

  @Example
  void canonical_nameAndValueSwapped_differs() {
    assertThat(canonical(Map.of("a", "b"))).isNotEqualTo(canonical(Map.of("b", "a")));
  }

  @Example
  void canonical_otherCase_differs() {
    assertThat(canonical(Map.of("a", "b"))).isNotEqualTo(canonical(Map.of("A", "b")));
    assertThat(canonical(Map.of("a", "b"))).isNotEqualTo(canonical(Map.of("a", "B")));
  }

  @Example
  void canonical_loneSurrogates_areNeitherQuestionMarksNorEachOther() {
    assertThat(canonical(Map.of("a", "\ud800"))).isNotEqualTo(canonical(Map.of("a", "?")));
    assertThat(canonical(Map.of("a", "\ud800"))).isNotEqualTo(canonical(Map.of("a", "\ud801")));
    assertThat(canonical(Map.of("a", "x\udc00"))).isNotEqualTo(canonical(Map.of("a", "x\udc01")));
  }

  @Example
  void canonical_ofNoContext_isThatOfAnEmptyOne_andOfNoOther() {
    assertThat(canonical(Map.of())).isEmpty();
    assertThat(EncryptionContext.of(Map.of())).isSameAs(EncryptionContext.EMPTY);
    assertThat(canonical(Map.of("", ""))).isNotEmpty();
  }
}
