package dev.cks.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VirtualClockTest {
  private final VirtualClock clock = new VirtualClock();
  private final List<String> ran = new ArrayList<>();

  @Test
  void now_readTwice_movesNothing() {
    clock.at(clock.now(), "due already", () -> ran.add("due"));

    assertThat(clock.now()).isEqualTo(clock.now()).isEqualTo(VirtualClock.START);
    assertThat(ran).isEmpty();
  }

  @Test
  void next_severalCalls_movesByOneMillisecondEach() {
    assertThat(clock.next()).isEqualTo(VirtualClock.START.plusMillis(1));
    assertThat(clock.next()).isEqualTo(VirtualClock.START.plusMillis(2)).isEqualTo(clock.now());
  }

  @Test
  void at_immediatelyDue_waitsForTheNextStep() {
    clock.at(clock.now(), "first", () -> ran.add("first"));
    assertThat(ran).isEmpty();

    clock.next();

    assertThat(ran).containsExactly("first");
    assertThat(clock.waiting()).isZero();
  }

  @Test
  void advance_severalDue_runsByInstantThenByScheduling() {
    schedule(20, "b");
    schedule(10, "a");
    schedule(20, "c");
    schedule(31, "later");

    clock.advance(Duration.ofMillis(30));

    assertThat(ran).containsExactly("a@10", "b@20", "c@20");
    assertThat(clock.now()).isEqualTo(VirtualClock.START.plusMillis(30));
    assertThat(clock.waiting()).isOne();
  }

  @Test
  void advance_workSchedulesDueWork_runsItInTheSameMove() {
    clock.at(millis(10), "outer", () -> schedule(15, "inner"));

    clock.advance(Duration.ofMillis(20));

    assertThat(ran).containsExactly("inner@15");
  }

  @Test
  void next_workMovesTheClock_runsNothingInside() {
    clock.at(
        millis(1),
        "outer",
        () -> {
          schedule(2, "inner");
          clock.advance(Duration.ofMillis(5));
          ran.add("outer done");
        });

    clock.next();

    assertThat(ran).containsExactly("outer done", "inner@6");
    assertThat(clock.now()).isEqualTo(millis(6));
  }

  @Test
  void next_workAsksForTheTime_noInstantIsGivenTwice() {
    List<Instant> given = new ArrayList<>();
    clock.at(millis(1), "asks", () -> given.add(clock.next()));

    given.add(clock.next());
    given.add(clock.next());

    assertThat(given).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void next_manyThreads_noInstantIsGivenTwice() {
    Set<Instant> given = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 10_000).parallel().forEach(i -> given.add(clock.next()));

    assertThat(given).hasSize(10_000);
    assertThat(clock.now()).isEqualTo(millis(10_000));
  }

  @Test
  void advance_workThrows_callerHearsItAndTheRestWaits() {
    clock.at(
        millis(1),
        "fails",
        () -> {
          throw new IllegalStateException("on purpose");
        });
    schedule(2, "rest");

    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(5))).hasMessage("on purpose");
    assertThat(clock.now()).isEqualTo(millis(1));

    clock.advance(Duration.ofMillis(5));
    assertThat(ran).containsExactly("rest@2");
  }

  @Test
  void advanceTo_passedInstant_staysAndRunsDueWork() {
    clock.advance(Duration.ofSeconds(1));
    clock.at(VirtualClock.START, "late", () -> ran.add("late"));

    clock.advanceTo(VirtualClock.START);

    assertThat(clock.now()).isEqualTo(VirtualClock.START.plusSeconds(1));
    assertThat(ran).containsExactly("late");
  }

  @Test
  void advance_negative_isRefused() {
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void follow_virtualMoves_stillCount() {
    clock.follow();
    clock.advance(Duration.ofDays(1));

    Instant first = clock.next();

    assertThat(first).isAfter(VirtualClock.START.plus(Duration.ofDays(1)));
    assertThat(clock.next()).isAfter(first);
    assertThat(clock.now()).isAfter(first);
  }

  @Test
  void journal_workRuns_hearsInstantAndName() {
    clock.journal((when, what) -> ran.add(what + when.toEpochMilli() % 1000));
    clock.at(millis(7), "rotation ", () -> {});

    clock.advance(Duration.ofSeconds(1));

    assertThat(ran).containsExactly("rotation 7");
  }

  private void schedule(int due, String what) {
    clock.at(
        millis(due),
        what,
        () -> ran.add(what + "@" + Duration.between(VirtualClock.START, clock.now()).toMillis()));
  }

  private static Instant millis(long millis) {
    return VirtualClock.START.plusMillis(millis);
  }
}
