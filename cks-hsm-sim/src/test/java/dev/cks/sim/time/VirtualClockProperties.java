package dev.cks.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class VirtualClockProperties {
  private record Ran(int due, int sequence) {}

  @Property(tries = 200)
  void advance_anySteps_runsByInstantThenByScheduling(
      @ForAll @Size(max = 30) List<@IntRange(max = 50) Integer> dues,
      @ForAll @Size(max = 10) List<@IntRange(max = 20) Integer> steps) {
    VirtualClock clock = new VirtualClock();
    List<Ran> ran = new ArrayList<>();
    for (int i = 0; i < dues.size(); i++) {
      Ran entry = new Ran(dues.get(i), i);
      clock.at(VirtualClock.START.plusMillis(entry.due()), "work", () -> ran.add(entry));
    }

    steps.forEach(step -> clock.advance(Duration.ofMillis(step)));

    int passed = steps.stream().mapToInt(step -> step).sum();
    long expected = steps.isEmpty() ? 0 : dues.stream().filter(due -> due <= passed).count();
    assertThat(ran)
        .hasSize((int) expected)
        .isSortedAccordingTo(Comparator.comparing(Ran::due).thenComparing(Ran::sequence));
    assertThat(clock.now()).isEqualTo(VirtualClock.START.plusMillis(passed));
  }
}
