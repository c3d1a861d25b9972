package dev.cks.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.History;
import dev.cks.testkit.simulation.KeyStoreWorld;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A property that fails says what happened, in few steps, and how to see it again. */
@ResourceLock(Resources.SYSTEM_OUT)
class PropertyReportTest {
  private static final Path KEPT = Path.of("target", "failed-properties");

  @Test
  void failure_ofOneCause_isOneStep() throws IOException {
    String report = report(Fragile.Retries.class, false);

    assertThat(report).contains("What happened:", "-Dcks.scenario=target");
    History kept = kept("Retries.seal.txt");
    assertThat(kept.steps()).as(report).hasSize(1);
    try (KeyStoreWorld world = KeyStoreWorld.before(kept)) {
      world.play(kept);
      assertThat(new Orders(world.kms(), world.keyId()).seal("one umbrella", 3)).isEmpty();
    }
  }

  @Test
  void failure_ofTwoCauses_isTwoSteps() throws IOException {
    String report = report(Fragile.Together.class, false);

    assertThat(kept("Together.hold.txt").steps()).as(report).hasSize(2);
  }

  @Test
  void scenarioProperty_takesTheStepsOfTheFile() throws IOException {
    Path file = KEPT.resolve("by-hand.txt");
    Files.createDirectories(KEPT);
    Files.writeString(file, "DISCONNECT store=0\n");
    System.setProperty(KeyStoreActions.SCENARIO, file.toString());
    try {
      assertThat(report(Fragile.Retries.class, false)).contains("DISCONNECT store=0");
    } finally {
      System.clearProperty(KeyStoreActions.SCENARIO);
    }
  }

  @Test
  void world_isAnotherOneInEachTry() {
    Fragile.WORLDS.clear();

    report(Fragile.Fresh.class, true);

    assertThat(Fragile.WORLDS).hasSizeGreaterThanOrEqualTo(10);
  }

  private static History kept(String file) throws IOException {
    return History.parse(Files.readString(KEPT.resolve(file)));
  }

  /** Runs the properties of a class; answers what jqwik printed. */
  private static String report(Class<?> properties, boolean succeeds) {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      TestExecutionSummary summary = run(properties);
      assertThat(summary.getTestsFoundCount()).isEqualTo(1);
      assertThat(summary.getTestsSucceededCount()).isEqualTo(succeeds ? 1 : 0);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static TestExecutionSummary run(Class<?> properties) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(properties))
            .configurationParameter("jqwik.database", "target/jqwik-database-of-examples")
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary();
  }
}
