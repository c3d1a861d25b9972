package dev.cks.testkit.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of a simulation: each takes the next seed, until there is none or one has failed. */
@SuppressForbidden
final class Workers {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Simulation simulation;
  private final AtomicLong next;
  private final long deadline;
  private final ConcurrentLinkedQueue<SimulationFailure> failures = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

  Workers(Simulation simulation) {
    this.simulation = simulation;
    this.next = new AtomicLong(simulation.first());
    this.deadline =
        System.nanoTime()
            + (simulation.limit() == null ? Long.MAX_VALUE / 2 : simulation.limit().toNanos());
  }

  /** What one thread did. */
  private static final class Worker {
    final Campaign campaign;
    long seeds;
    long cpuNanos;

    Worker(Simulation simulation) {
      campaign = new Campaign(simulation.failures(), simulation.shrinking());
    }
  }

  SimulationReport run() {
    List<Worker> workers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < simulation.threads(); i++) {
      Worker worker = new Worker(simulation);
      workers.add(worker);
      threads.add(new Thread(() -> work(worker), "simulation-" + i));
    }
    threads.forEach(Thread::start);
    threads.forEach(Workers::join);
    if (broken.get() != null) {
      throw new IllegalStateException("the runner itself failed", broken.get());
    }
    return report(workers);
  }

  private void work(Worker worker) {
    long before = THREADS.getCurrentThreadCpuTime();
    try {
      while (failures.isEmpty() && System.nanoTime() - deadline < 0) {
        long seed = next.getAndIncrement();
        if (seed > simulation.last()) {
          break;
        }
        SimulationFailure failure = worker.campaign.run(seed);
        worker.seeds++;
        if (failure != null) {
          failures.add(failure);
        }
      }
    } catch (Throwable e) { // told by the thread that waits
      broken.compareAndSet(null, e);
    }
    worker.cpuNanos = THREADS.getCurrentThreadCpuTime() - before;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while histories run", e);
    }
  }

  private SimulationReport report(List<Worker> workers) {
    Coverage coverage = new Coverage();
    long seeds = 0;
    long cpuNanos = 0;
    for (Worker worker : workers) {
      coverage.add(worker.campaign.coverage());
      seeds += worker.seeds;
      cpuNanos += worker.cpuNanos;
    }
    // seeds are given out in their order, so the lowest failure is the same in every run
    SimulationFailure first =
        failures.stream().min(Comparator.comparingLong(SimulationFailure::seed)).orElse(null);
    return new SimulationReport(seeds, cpuNanos, coverage, first);
  }
}
