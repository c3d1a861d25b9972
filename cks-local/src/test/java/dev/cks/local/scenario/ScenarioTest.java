package dev.cks.local.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The runbooks of AWS's troubleshooting guide, played. {@code -Dscenario=path} plays one file
 * instead.
 */
class ScenarioTest {
  private static final Path FILES =
      Path.of(System.getProperty("cks.root", ".."), "cks-local/src/test/resources/scenarios");

  @TestFactory
  Stream<DynamicContainer> runbook() throws IOException {
    String one = System.getProperty("scenario");
    if (one != null) {
      return Stream.of(container(Path.of(one)));
    }
    try (Stream<Path> files = Files.list(FILES)) {
      List<Path> sorted = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
      return sorted.stream().map(ScenarioTest::container);
    }
  }

  private static DynamicContainer container(Path file) {
    Scenario scenario = Scenario.parse(file);
    return DynamicContainer.dynamicContainer(
        file.getFileName() + ": " + scenario.title(),
        scenario.variants().stream()
            .map(
                variant ->
                    DynamicTest.dynamicTest(
                        variant.name(), file.toUri(), () -> play(file, variant))));
  }

  private static void play(Path file, Scenario.Variant variant) {
    try (Play play = new Play()) {
      for (Scenario.Step step : variant.steps()) {
        try {
          play.play(step);
        } catch (RuntimeException | AssertionError wrong) {
          throw new AssertionError(file.getFileName() + ", " + step, wrong);
        }
      }
    }
  }
}
