package dev.cks.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.testkit.simulation.KeyStoreWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.ActionChain;

/** Properties that do not hold; run by {@link PropertyReportTest} only. */
final class Fragile {
  /** Every world that a property saw. */
  static final Set<KeyStoreWorld> WORLDS = new HashSet<>();

  private Fragile() {}

  @KeyStoreProperties
  static class Retries {
    /** An application cannot seal while the key store is not connected. */
    @Property(tries = 200, seed = "7", shrinking = ShrinkingMode.FULL)
    void seal(@ForAll ActionChain<KeyStoreWorld> history, KeyStoreWorld world) {
      history.run();
      assertThat(new Orders(world.kms(), world.keyId()).seal("one umbrella", 3)).isPresent();
    }
  }

  @KeyStoreProperties
  static class Together {
    /** Fails once a day has passed and somebody else has a key. */
    @Property(tries = 1000, seed = "7", shrinking = ShrinkingMode.FULL)
    void hold(@ForAll ActionChain<KeyStoreWorld> history, KeyStoreWorld world) {
      Instant before = world.aws().clock().now();
      history.run();
      boolean late = world.aws().clock().now().isAfter(before.plus(Duration.ofDays(1)));
      int keys = world.kms().listKeys().keys().size();
      assertThat(late && keys > 1).isFalse();
    }
  }

  @KeyStoreProperties
  static class Fresh {
    @Property(tries = 10)
    void world(@ForAll int number, KeyStoreWorld world) {
      assertThat(world.history().steps()).isEmpty();
      assertThat(WORLDS.add(world)).isTrue();
    }
  }
}
