package dev.cks.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.testkit.simulation.KeyStoreWorld;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.state.ActionChain;

/** How a user writes a property about code of his own; README and Javadoc point here. */
@KeyStoreProperties
class OrdersProperties {
  @Property(tries = 200)
  void orders_onceTheStoreIsConnectedAgain_areSealedWithinThreeTries(
      @ForAll ActionChain<KeyStoreWorld> history, KeyStoreWorld world) {
    Orders orders = new Orders(world.kms(), world.keyId());
    history.run();
    assertThat(world.repair()).isTrue();
    assertThat(orders.seal("one umbrella", 3)).isPresent();
  }
}
