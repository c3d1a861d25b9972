package dev.cks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdTableTest {

  /** An id whose hash code the test chooses. */
  private record Id(int number, int hash) {
    @Override
    public int hashCode() {
      return hash;
    }
  }

  private record Thing(Id id, int version) {}

  private static final class Things extends IdTable<Id, Thing> {
    @Override
    protected Id idOf(Thing thing) {
      return thing.id();
    }
  }

  private final Things things = new Things();

  private static Id id(int number) {
    return new Id(number, number * 31);
  }

  @Test
  void put_thenGet_findsIt() {
    Thing thing = new Thing(id(1), 1);

    assertThat(things.put(thing)).isNull();

    assertThat(things.get(id(1))).isSameAs(thing);
    assertThat(things.get(id(2))).isNull();
    assertThat(things.size()).isEqualTo(1);
  }

  @Test
  void put_sameIdAgain_replacesAndAnswersWhatWasThere() {
    Thing first = new Thing(id(1), 1);
    Thing second = new Thing(id(1), 2);
    things.put(first);

    assertThat(things.put(second)).isSameAs(first);

    assertThat(things.get(id(1))).isSameAs(second);
    assertThat(things.values()).containsExactly(second);
  }

  @Test
  void remove_absent_answersNull() {
    things.put(new Thing(id(1), 1));

    assertThat(things.remove(id(2))).isNull();
    assertThat(things.size()).isEqualTo(1);
  }

  @Test
  void values_atTheEnd_hasNoNext() {
    things.put(new Thing(id(1), 1));
    Iterator<Thing> walk = things.values().iterator();
    walk.next();

    assertThat(walk.hasNext()).isFalse();
    assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void get_idsWithOneHashCode_tellsThemApart() {
    IntStream.range(0, 40).forEach(i -> things.put(new Thing(new Id(i, 7), i)));
    IntStream.range(0, 20).forEach(i -> things.remove(new Id(2 * i, 7)));

    for (int i = 0; i < 40; i++) {
      Thing found = things.get(new Id(i, 7));
      assertThat(found == null ? -1 : found.version()).isEqualTo(i % 2 == 0 ? -1 : i);
    }
  }

  @Test
  void manyChanges_agreeWithAMap() {
    SplittableRandom random = new SplittableRandom(11);
    Map<Id, Thing> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      Id id = new Id(random.nextInt(3000), random.nextInt(2)); // two hash codes for all of them
      id = i % 3 == 0 ? id : id(id.number());
      if (random.nextInt(5) < 3 && expected.size() < 2000) {
        Thing thing = new Thing(id, i);
        assertThat(things.put(thing)).isSameAs(expected.put(id, thing));
      } else {
        assertThat(things.remove(id)).isSameAs(expected.remove(id));
      }
      if (i % 1000 == 0) {
        assertThat(things.size()).isEqualTo(expected.size());
      }
    }
    assertThat(things.values()).containsExactlyInAnyOrderElementsOf(expected.values());
    expected.forEach((id, thing) -> assertThat(things.get(id)).isSameAs(thing));
  }

  /** What comes and goes beside it, and growth, never hide what is there. */
  @Test
  void get_whileOthersComeAndGo_alwaysFindsWhatStays() throws InterruptedException {
    List<Thing> staying = IntStream.range(0, 500).mapToObj(i -> new Thing(id(i), i)).toList();
    staying.forEach(things::put);
    AtomicBoolean done = new AtomicBoolean();
    Thread changing =
        new Thread(
            () -> {
              for (int round = 0; round < 30; round++) {
                IntStream.range(1000, 4000).forEach(i -> things.put(new Thing(id(i), i)));
                IntStream.range(1000, 4000).forEach(i -> things.remove(id(i)));
              }
              done.set(true);
            });
    changing.start();
    int missed = 0;
    int walked = 0;
    while (!done.get()) {
      for (Thing thing : staying) {
        missed += thing.equals(things.get(thing.id())) ? 0 : 1;
      }
      walked = (int) things.values().stream().filter(staying::contains).count();
      assertThat(walked).isEqualTo(500);
    }
    changing.join();

    assertThat(missed).isZero();
    assertThat(things.size()).isEqualTo(500);
  }
}
