package dev.cks.bench.testkit;

import com.sun.management.OperatingSystemMXBean;
import dev.cks.testkit.TestWorld;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * What the test kit adds to a test run: the process CPU of a JUnit class with one test less that of
 * an empty one, and the thread CPU of a fresh world once the JVM is warm.
 */
public final class TestKitCost {
  private static final int RUNS = 11;
  private static final int WARM_UP = 2_000;
  private static final int WORLDS = 501;
  private static final double NANOS_A_MILLI = 1e6;

  private TestKitCost() {}

  /** Prints the figures beside their bars. */
  public static void main(String[] args) throws IOException, InterruptedException {
    report(RUNS);
    System.out.printf(
        Locale.ROOT, "fresh world: %.2f ms CPU (bar 2 ms)%n", freshWorld(WARM_UP, WORLDS));
  }

  /** The differences of the medians; the kinds of run take turns, so noise meets each. */
  private static void report(int runs) throws IOException, InterruptedException {
    List<Class<?>> kinds = List.of(EmptyClass.class, DirectClass.class, GeneratedClass.class);
    long[][] nanos = new long[kinds.size()][runs];
    for (int run = 0; run < runs; run++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        nanos[kind][run] = cpuNanos(kinds.get(kind));
      }
    }
    long empty = median(nanos[0]);
    System.out.printf(
        Locale.ROOT,
        "test class, direct client: %d ms CPU (bar 600 ms)%n",
        Duration.ofNanos(median(nanos[1]) - empty).toMillis());
    System.out.printf(
        Locale.ROOT,
        "test class, generated client: %d ms CPU (bar 1400 ms)%n",
        Duration.ofNanos(median(nanos[2]) - empty).toMillis());
  }

  private static double freshWorld(int warmUp, int worlds) {
    for (int i = 0; i < warmUp; i++) {
      oneWorld();
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[worlds];
    for (int i = 0; i < worlds; i++) {
      long before = threads.getCurrentThreadCpuTime();
      oneWorld();
      nanos[i] = threads.getCurrentThreadCpuTime() - before;
    }
    return median(nanos) / NANOS_A_MILLI;
  }

  /** What the extension does for each test. */
  private static void oneWorld() {
    try (TestWorld world = TestWorld.builder().key("alias/orders").build()) {
      world.check();
    }
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static long cpuNanos(Class<?> testClass) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                One.class.getName(),
                testClass.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (jvm.waitFor() != 0) {
      throw new IllegalStateException(testClass.getName() + " ended with " + jvm.exitValue());
    }
    return Long.parseLong(said.strip());
  }

  /** Runs one test class as a build tool does, and prints what the JVM has cost by then. */
  static final class One {
    private One() {}

    public static void main(String[] args) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(args[0]))
              .build();
      SummaryGeneratingListener listener = new SummaryGeneratingListener();
      Launcher launcher = LauncherFactory.create();
      launcher.execute(request, listener);
      if (listener.getSummary().getTestsSucceededCount() != 1) {
        throw new IllegalStateException(args[0] + " has no test that passed");
      }
      System.out.println(
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }
  }
}
