package dev.cks.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The CPU time of JMH's worker threads per operation. Unlike elapsed time it does not contain what
 * else the machine was busy with, nor the compiler's and the collector's threads. Of the iterations
 * of a fork the shortest counts: what disturbs one only makes it longer.
 */
public final class WorkerCpu implements InternalProfiler {
  /** What the figure is called among JMH's secondary results. */
  static final String LABEL = "cpu";

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long before;

  /** For JMH. */
  public WorkerCpu() {}

  @Override
  public String getDescription() {
    return "CPU time of the worker threads";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = cpuNanos();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double each = (double) (cpuNanos() - before) / result.getMetadata().getAllOps();
    return List.of(new ScalarResult(LABEL, each, "ns/op", AggregationPolicy.MIN));
  }

  /** The figure among the results of a run. */
  static double of(RunResult result) {
    Result<?> cpu = result.getSecondaryResults().get(LABEL);
    if (cpu == null) {
      throw new IllegalStateException("no CPU time was measured");
    }
    return cpu.getScore();
  }

  private long cpuNanos() {
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().contains("jmh-worker")) {
        sum += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return sum;
  }
}
