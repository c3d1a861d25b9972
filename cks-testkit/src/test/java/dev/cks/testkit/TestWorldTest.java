package dev.cks.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.key.KeyState;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.sim.LostMaterial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worlds without a test framework. */
class TestWorldTest {

  private static String state(TestKey key) {
    return key.describe().keyStateAsString();
  }

  @ParameterizedTest
  @EnumSource
  void failedStore_isCaused_withAndWithoutKeys(ConnectionErrorCode code) {
    try (TestWorld world =
        TestWorld.builder().keyStore(ConnectionState.FAILED, code).key("alias/orders").build()) {
      assertThat(world.keyStore().describe().connectionErrorCodeAsString()).isEqualTo(code.name());
      assertThat(state(world.key())).isEqualTo("Unavailable");
      world.check();
    }
    try (TestWorld world = TestWorld.builder().keyStore(ConnectionState.FAILED, code).build()) {
      assertThat(world.keyStore().describe().connectionErrorCodeAsString()).isEqualTo(code.name());
      world.check();
    }
  }

  @ParameterizedTest
  @EnumSource(names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
  void store_isInDeclaredState(ConnectionState state) {
    try (TestWorld world =
        TestWorld.builder().keyStore(state).key("alias/p", KeyState.PENDING_DELETION).build()) {
      assertThat(world.keyStore().describe().connectionStateAsString()).isEqualTo(state.name());
      assertThat(state(world.key("alias/p"))).isEqualTo("PendingDeletion");
      world.check();
    }
  }

  @Test
  void check_findsMaterialThatNobodyTookAway() {
    try (TestWorld world = TestWorld.builder().key("alias/orders").build()) {
      LostMaterial.of(world.cluster(), world.key().arn());

      assertThatThrownBy(world::check)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("has the material of " + world.key().arn());
    }
  }

  @Test
  void check_acceptsThatAnOperatorTookMaterialAway() {
    try (TestWorld world = TestWorld.builder().key("alias/orders").build()) {
      world.cluster().deleteKey(world.key().arn());

      world.check();
    }
  }

  @Test
  void timeline_tellsWhatLedThere() {
    try (TestWorld world =
        TestWorld.builder()
            .keyStore(ConnectionState.FAILED, ConnectionErrorCode.USER_LOCKED_OUT)
            .key("alias/orders")
            .build()) {
      assertThat(world.timeline().text())
          .contains(
              "root: CreateAlias alias/orders key/" + world.key().id() + ": done",
              "kmsuser: LOGIN on ",
              ": AUTH_FAILED, 5 times",
              "root: ConnectCustomKeyStore " + world.keyStore() + ": done",
              "→ key store " + world.keyStore() + " is FAILED (USER_LOCKED_OUT)");
    }
  }
}
