package dev.cks.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What control-plane calls on the simulator cost, through the library's own services. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ControlPlaneBenchmark {
  /** How many calls make up one invocation of {@link #steps}. */
  static final int STEPS = 1000;

  private final ControlPlane plane = new ControlPlane();
  private final BusyDay day = new BusyDay();

  /** Wipes the keys. */
  @TearDown
  public void close() {
    plane.close();
    day.close();
  }

  /** A mix of calls, without faults. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int steps() {
    int done = 0;
    while (done < STEPS) {
      done += plane.step();
    }
    return done;
  }

  /** A simulated day. */
  @Benchmark
  public int day() {
    return day.pass();
  }
}
