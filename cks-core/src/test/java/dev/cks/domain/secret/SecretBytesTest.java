package dev.cks.domain.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
  private static final String CANARY = "canary-7f3a";

  private static String revealed(SecretBytes secret) {
    return new String(secret.reveal(SecretAccess.granted()), StandardCharsets.UTF_8);
  }

  @Test
  void reveal_withAccess_isTheSecret() {
    assertThat(revealed(SecretBytes.ofText(CANARY))).isEqualTo(CANARY);
  }

  @Test
  void copyOf_originalWiped_keepsTheSecret() {
    byte[] original = {1, 2, 3};
    SecretBytes secret = SecretBytes.copyOf(original);
    original[0] = 0;

    assertThat(secret.reveal(SecretAccess.granted())).containsExactly(1, 2, 3);
  }

  @Test
  void reveal_copyWiped_keepsTheSecret() {
    SecretBytes secret = SecretBytes.ofText(CANARY);
    secret.reveal(SecretAccess.granted())[0] = 0;

    assertThat(revealed(secret)).isEqualTo(CANARY);
  }

  @Test
  void toString_tellsTheLengthOnly() {
    assertThat(SecretBytes.ofText(CANARY)).hasToString("SecretBytes[11 bytes]");
  }

  @Test
  void close_thenReveal_isRefusedWithoutTheSecret() {
    SecretBytes secret = SecretBytes.ofText(CANARY);
    secret.close();
    secret.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> secret.reveal(SecretAccess.granted()))
        .withMessageNotContaining(CANARY);
    assertThat(secret).isEqualTo(SecretBytes.copyOf(new byte[CANARY.length()]));
  }

  @Test
  void equals_isByContent_andTheHashTellsTheLengthOnly() {
    assertThat(SecretBytes.ofText("one"))
        .isEqualTo(SecretBytes.ofText("one"))
        .isNotEqualTo(SecretBytes.ofText("two"))
        .isNotEqualTo(SecretBytes.ofText("ones"))
        .isNotEqualTo("one")
        .hasSameHashCodeAs(SecretBytes.ofText("two"));
  }
}
