package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.keystore.ConnectionState;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyStateTest {

  static Stream<Arguments> combinations() {
    return Arrays.stream(KeyLifecycle.values())
        .flatMap(
            lifecycle ->
                Arrays.stream(ConnectionState.values())
                    .flatMap(
                        store ->
                            Stream.of(false, true)
                                .map(missing -> Arguments.of(lifecycle, store, missing))));
  }

  @ParameterizedTest(name = "{0}, store {1}, material missing: {2}")
  @MethodSource("combinations")
  void of_eachCombination_isTheDocumentedState(
      KeyLifecycle lifecycle, ConnectionState store, boolean missing) {
    assertThat(KeyState.of(lifecycle, store, missing).wireName())
        .isEqualTo(documented(lifecycle, store == ConnectionState.CONNECTED && !missing));
  }

  private static String documented(KeyLifecycle lifecycle, boolean usable) {
    if (lifecycle == KeyLifecycle.PENDING_DELETION) {
      return "PendingDeletion"; // whatever the store does
    }
    if (!usable) {
      return "Unavailable";
    }
    return lifecycle == KeyLifecycle.ENABLED ? "Enabled" : "Disabled";
  }

  @Test
  void state_ofAKeyMissingInAnEarlierConnection_isForgottenInTheNext() {
    KmsKey key = Keys.in(Keys.CUSTOM).withMissingIn(3);

    assertThat(key.state(ConnectionState.CONNECTED, 3)).isEqualTo(KeyState.UNAVAILABLE);
    assertThat(key.state(ConnectionState.CONNECTED, 5)).isEqualTo(KeyState.ENABLED);
  }

  @Test
  void state_ofAKeyNeverMissing_beforeAnyAttempt_isAvailable() {
    assertThat(Keys.in(KeyHome.STANDARD).state(ConnectionState.CONNECTED, 0))
        .isEqualTo(KeyState.ENABLED);
  }
}
