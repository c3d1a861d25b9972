package dev.cks.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes that fail on purpose. */
final class Engine {
  private Engine() {}

  static EngineExecutionResults run(Class<?> testClass) {
    return run(testClass, Map.of());
  }

  static EngineExecutionResults run(Class<?> testClass, Map<String, String> configuration) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(testClass))
        .configurationParameters(configuration)
        .execute();
  }

  /** Everything that goes wrong in a class, as a report prints it. */
  static String failuresOf(Class<?> testClass) {
    return failuresOf(testClass, Map.of());
  }

  static String failuresOf(Class<?> testClass, Map<String, String> configuration) {
    StringWriter text = new StringWriter();
    run(testClass, configuration).allEvents().failed().stream()
        .flatMap(
            event ->
                event
                    .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                    .getThrowable()
                    .stream())
        .forEach(failure -> failure.printStackTrace(new PrintWriter(text, true)));
    return text.toString();
  }
}
