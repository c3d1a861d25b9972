package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One seed gives one history: outcomes, events with their ids and times, and the clock's journal.
 */
class SameSeedTest {
  private static final int LENGTH = 2000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void seed_takenTwice_leavesTheSameTraceByteForByte(long seed) {
    String first = trace(seed);

    assertThat(first).hasSizeGreaterThan(LENGTH);
    assertThat(trace(seed)).isEqualTo(first);
  }

  private static String trace(long seed) {
    StringBuilder trace = new StringBuilder();
    Swarm swarm = new Swarm(seed);
    try (HistoryRun run = new HistoryRun(swarm.setup(), new Coverage(), HistoryRun.SELDOM)) {
      run.world.trail.write(trace);
      run.world.clock.journal((at, what) -> trace.append(at).append(' ').append(what).append('\n'));
      for (int i = 0; i < LENGTH; i++) {
        String outcome = run.take(swarm.next(run.model));
        trace.append(outcome).append('\n');
      }
      run.model.hsms(0).forEach(hsm -> trace.append(hsm).append('\n'));
    }
    return trace.toString();
  }
}
