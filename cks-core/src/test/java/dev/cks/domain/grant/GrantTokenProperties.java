package dev.cks.domain.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** A token leads to its grant; whatever was done to it leads nowhere. */
class GrantTokenProperties {
  private static final int TOKEN_LENGTH = 71;

  @Property
  void token_leadsToItsGrant(@ForAll @Size(32) byte[] id, @ForAll @Size(16) byte[] nonce) {
    GrantToken token = GrantToken.of(GrantId.of(id), nonce);

    assertThat(GrantToken.parse(token.value())).contains(token);
    assertThat(token.value()).hasSize(TOKEN_LENGTH).matches("[\\w-]+");
  }

  @Property
  void token_withOneCharacterChanged_leadsNowhere(
      @ForAll @Size(32) byte[] id, @ForAll @IntRange(max = TOKEN_LENGTH - 1) int at) {
    StringBuilder text = new StringBuilder(GrantToken.of(GrantId.of(id), new byte[16]).value());
    text.setCharAt(at, text.charAt(at) == 'x' ? 'y' : 'x');

    assertThat(GrantToken.parse(text.toString())).isEmpty();
  }

  @Property
  void anyText_isRefusedRatherThanCrashing(@ForAll String text) {
    assertThat(GrantToken.parse(text)).isEmpty();
  }

  @Property
  void tokens_ofOneGrant_differ(@ForAll @Size(16) byte[] one, @ForAll @Size(16) byte[] other) {
    GrantId id = GrantId.of(new byte[32]);
    assertThat(GrantToken.of(id, one).equals(GrantToken.of(id, other)))
        .isEqualTo(java.util.Arrays.equals(one, other));
  }

  @Property
  void id_isReadBack(@ForAll @Size(32) byte[] bytes) {
    GrantId id = GrantId.of(bytes);
    assertThat(id.value()).matches("[0-9a-f]{64}");
    assertThat(id.toBytes()).isEqualTo(bytes);
    assertThat(GrantId.parse(id.toString())).contains(id);
  }

  @Example
  void id_spelledOtherwise_isNone() {
    String id = "0123456789abcdef".repeat(4);
    assertThat(GrantId.parse(id)).isPresent();
    assertThat(GrantId.parse(id.toUpperCase(Locale.ROOT))).isEmpty();
    assertThat(GrantId.parse(id.substring(1))).isEmpty();
    assertThat(GrantId.parse(id + "0")).isEmpty();
    assertThat(GrantId.parse("")).isEmpty();
  }
}
