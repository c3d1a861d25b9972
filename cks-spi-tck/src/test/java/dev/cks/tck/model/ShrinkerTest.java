package dev.cks.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private final List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();

  @Test
  void shrink_leavesNothingThatIsNotNeeded() {
    List<Integer> needed = List.of(17, 500, 501, 999);

    List<Integer> shrunk = new Shrinker(5000).shrink(numbers, part -> part.containsAll(needed));

    assertThat(shrunk).isEqualTo(needed);
  }

  @Test
  void shrink_outOfTries_stillFails() {
    List<List<Integer>> asked = new ArrayList<>();

    List<Integer> shrunk =
        new Shrinker(10)
            .shrink(
                numbers,
                part -> {
                  asked.add(part);
                  return part.contains(3);
                });

    assertThat(shrunk).contains(3).hasSizeLessThan(1000);
    assertThat(asked).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void shrink_ofWhatFailsAlways_isEmpty() {
    assertThat(new Shrinker(100).shrink(List.of(1, 2, 3), part -> true)).isEmpty();
  }
}
