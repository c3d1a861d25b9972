package dev.cks.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.grant.GrantConstraint.ContextEquals;
import dev.cks.domain.grant.GrantConstraint.ContextSubset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which encryption contexts a grant constraint admits, and which constraints there can be. */
class GrantConstraintProperties {

  /** Few names and values, so that two maps often share pairs. */
  @Provide
  Arbitrary<Map<String, String>> pairs() {
    return Arbitraries.maps(Arbitraries.of("a", "A", "b", "c"), Arbitraries.of("", "1", "x", "X"))
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Property
  void equals_admitsExactlyItsPairs(
      @ForAll("pairs") Map<String, String> pairs, @ForAll("pairs") Map<String, String> context) {
    assertThat(new ContextEquals(pairs).admits(EncryptionContext.of(context)))
        .isEqualTo(pairs.equals(context));
    assertThat(new ContextEquals(pairs).admits(EncryptionContext.of(pairs))).isTrue();
  }

  @Property
  void subset_admitsWhatContainsItsPairs(
      @ForAll("pairs") Map<String, String> pairs, @ForAll("pairs") Map<String, String> context) {
    boolean containsAll =
        pairs.keySet().stream().allMatch(name -> pairs.get(name).equals(context.get(name)));
    assertThat(new ContextSubset(pairs).admits(EncryptionContext.of(context)))
        .isEqualTo(containsAll);
    Map<String, String> more = new HashMap<>(pairs);
    more.put("another", "one");
    assertThat(new ContextSubset(pairs).admits(EncryptionContext.of(more))).isTrue();
    assertThat(new ContextEquals(pairs).admits(EncryptionContext.of(more))).isFalse();
  }

  @Property
  void noContext_isNeverEnough(@ForAll("pairs") Map<String, String> pairs) {
    assertThat(new ContextEquals(pairs).admits(EncryptionContext.EMPTY)).isFalse();
    assertThat(new ContextSubset(pairs).admits(EncryptionContext.EMPTY)).isFalse();
  }

  @Example
  void theCaseOfNamesAndValues_counts() {
    GrantConstraint constraint = new ContextSubset(Map.of("Department", "IT"));
    for (String name : new String[] {"Department", "department"}) {
      for (String value : new String[] {"IT", "it"}) {
        assertThat(constraint.admits(EncryptionContext.of(Map.of(name, value))))
            .isEqualTo(!name.equals(name.toLowerCase(Locale.ROOT)) && value.equals("IT"));
      }
    }
  }

  @Example
  void noPairs_areNoConstraint() {
    assertThat(GrantConstraint.of(Map.of(), Map.of())).isNull();
    assertThat(GrantConstraint.of(Map.of("a", "b"), Map.of()))
        .isEqualTo(new ContextEquals(Map.of("a", "b")));
    assertThat(GrantConstraint.of(Map.of(), Map.of("a", "b")))
        .isEqualTo(new ContextSubset(Map.of("a", "b")));
  }

  @Example
  void bothKindsAtOnce_areRefused() {
    assertRefused(() -> GrantConstraint.of(Map.of("a", "b"), Map.of("a", "b")));
  }

  @Example
  void pairs_upToEightOf384Characters_areAccepted_beyondRefused() {
    Map<String, String> eight = new HashMap<>();
    for (int i = 0; i < GrantConstraint.MAX_PAIRS; i++) {
      eight.put(i + "\uD83D\uDE00".repeat(GrantConstraint.MAX_LENGTH - 1), "v".repeat(384));
    }
    assertThat(new ContextSubset(eight).pairs()).hasSize(8);

    Map<String, String> nine = new HashMap<>(eight);
    nine.put("one", "more");
    assertRefused(() -> new ContextSubset(nine));
    assertRefused(() -> new ContextEquals(Map.of("n".repeat(385), "v")));
    assertRefused(() -> new ContextEquals(Map.of("n", "v".repeat(385))));
  }

  private static void assertRefused(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.code()).isEqualTo(KmsErrorCode.VALIDATION));
  }
}
