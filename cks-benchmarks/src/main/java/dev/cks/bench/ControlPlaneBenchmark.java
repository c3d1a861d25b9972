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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What control-plane calls on the simulator cost, through the library's own services. Both warm up
 * by work, not by time: on a busy machine some seconds are too little for the compiler.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 10, time = 1)
public class ControlPlaneBenchmark {
  /** How many calls make up one invocation of {@link #steps}. */
  static final int STEPS = 1000;

  private static final int WARM_STEPS = 1_000_000;
  private static final int WARM_DAYS = 300;

  /** An account that is busy. */
  @State(Scope.Thread)
  public static class Calls {
    private final ControlPlane plane = new ControlPlane();

    /** Lets the compiler see everything. */
    @Setup
    public void warmUp() {
      int done = 0;
      while (done < WARM_STEPS) {
        done += plane.step();
      }
    }

    /** Wipes the keys. */
    @TearDown
    public void close() {
      plane.close();
    }
  }

  /** An account in which days pass. */
  @State(Scope.Thread)
  public static class Days {
    private final BusyDay day = new BusyDay();

    /** Lets the compiler see everything. */
    @Setup
    public void warmUp() {
      for (int i = 0; i < WARM_DAYS; i++) {
        day.pass();
      }
    }

    /** Wipes the keys. */
    @TearDown
    public void close() {
      day.close();
    }
  }

  /** For JMH. */
  public ControlPlaneBenchmark() {}

  /** A mix of calls, without faults. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public int steps(Calls calls) {
    int done = 0;
    while (done < STEPS) {
      done += calls.plane.step();
    }
    return done;
  }

  /** A simulated day. */
  @Benchmark
  public int day(Days days) {
    return days.day.pass();
  }
}
