package dev.cks.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.spi.RandomSource.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;

final class SeedProperties {
  @Property(tries = 100)
  void stream_drawsInAnother_doNotShiftIt(
      @ForAll long root, @ForAll @IntRange(max = 40) int draws) {
    Seed disturbed = Seed.of(root);
    for (int i = 0; i < draws; i++) {
      disturbed.stream("other").nextLong();
      disturbed.fill(Stream.PASSWORDS, new byte[i]);
    }

    assertThat(bytes(disturbed, "one")).isEqualTo(bytes(Seed.of(root), "one"));
  }

  @Property(tries = 100)
  void stream_otherNameOrRoot_isAnother(@ForAll long root) {
    assertThat(bytes(Seed.of(root), "one"))
        .isNotEqualTo(bytes(Seed.of(root), "two"))
        .isNotEqualTo(bytes(Seed.of(root + 1), "one"));
  }

  @Property(tries = 200)
  void nextInt_anyBound_staysBelowIt(@ForAll long root, @ForAll @Positive int bound) {
    assertThat(Seed.of(root).stream("s").nextInt(bound)).isBetween(0, bound - 1);
  }

  @Example
  void fill_twice_goesOn() {
    Seed seed = Seed.of(7);
    byte[] first = new byte[50];
    byte[] second = new byte[50];

    seed.fill(Stream.IDS, first);
    seed.fill(Stream.IDS, second);

    assertThat(first).isNotEqualTo(second);
  }

  private static byte[] bytes(Seed seed, String name) {
    byte[] drawn = new byte[100];
    seed.stream(name).fill(drawn);
    return drawn;
  }
}
