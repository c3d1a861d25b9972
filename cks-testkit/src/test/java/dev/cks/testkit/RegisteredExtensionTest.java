package dev.cks.testkit;

import static dev.cks.domain.keystore.ConnectionErrorCode.INVALID_CREDENTIALS;
import static dev.cks.domain.keystore.ConnectionState.FAILED;
import static dev.cks.testkit.assertions.CksAssertions.assertThat;

import dev.cks.domain.key.KeyState;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in a field, with more than annotations can say. */
class RegisteredExtensionTest {
  @RegisterExtension
  static final CustomKeyStoreExtension AWS =
      CustomKeyStoreExtension.perTest(
          world ->
              world
                  .seed(42)
                  .nodes(4)
                  .key("alias/orders", KeyState.DISABLED)
                  .account(account -> account.connectLatency(Duration.ZERO)));

  @Test
  void builder_declaresTheWorld(TestWorld world, TestKey key, SimulatedCluster cluster) {
    assertThat(world.seed()).isEqualTo(42);
    assertThat(cluster).hasActiveHsms(4);
    assertThat(key).isDisabled();
  }

  @Test
  @KeyStore(state = FAILED, code = INVALID_CREDENTIALS)
  @Key(alias = "alias/orders")
  void annotations_countThereToo(TestKeyStore store, TestKey key) {
    assertThat(store).isFailedWith(INVALID_CREDENTIALS);
    assertThat(key).isUnavailable();
  }
}
