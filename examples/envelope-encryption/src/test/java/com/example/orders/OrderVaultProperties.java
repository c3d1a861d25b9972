package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.orders.OrderVault.VaultUnavailableException;
import dev.cks.testkit.property.KeyStoreProperties;
import dev.cks.testkit.simulation.KeyStoreWorld;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.state.ActionChain;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The service after any history of calls, operators' commands, faults and time. */
@KeyStoreProperties
class OrderVaultProperties {
  @Property(tries = 100)
  void vault_onceTheStoreIsConnectedAgain_sealsAndOpens(
      @ForAll ActionChain<KeyStoreWorld> history, KeyStoreWorld world) {
    OrderVault vault = new OrderVault(world.kms(), world.keyId());

    history.run();
    assertThat(world.repair()).isTrue();

    assertThat(vault.open("A1", vault.seal("A1", "four pies"))).isEqualTo("four pies");
  }

  @Property(tries = 100)
  void vault_whateverHappens_answersRightOrSaysThatItCannot(
      @ForAll ActionChain<KeyStoreWorld> before,
      @ForAll ActionChain<KeyStoreWorld> after,
      KeyStoreWorld world) {
    OrderVault vault = new OrderVault(world.kms(), world.keyId());
    Map<String, byte[]> kept = new HashMap<>();

    before.run();
    tryIt(() -> kept.put("A1", vault.seal("A1", "four pies")));
    after.run();

    kept.forEach(
        (order, sealed) ->
            tryIt(() -> assertThat(vault.open(order, sealed)).isEqualTo("four pies")));
  }

  /** That the vault cannot be used now is an answer; everything else is not. */
  private static void tryIt(Runnable use) {
    try {
      use.run();
    } catch (VaultUnavailableException notNow) {
      assertThat(notNow).hasCauseInstanceOf(KmsException.class);
    }
  }
}
