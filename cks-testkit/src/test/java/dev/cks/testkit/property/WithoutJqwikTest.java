package dev.cks.testkit.property;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** In a JVM without jqwik a class of properties fails, and everything else runs. */
class WithoutJqwikTest {
  @Test
  void properties_withoutJqwik_failWithASentenceThatNamesIt() throws Exception {
    assertThat(run(OrdersProperties.class))
        .contains(
            "JUnitException: " + OrdersProperties.class.getName() + " is a class of properties")
        .contains("add net.jqwik:jqwik:1.9.3 with scope test")
        .doesNotContain("tests:");
  }

  @Test
  void tests_withoutJqwik_run() throws Exception {
    assertThat(run(SomeTest.class)).contains("tests: 1");
  }

  @Test
  void coordinate_isTheVersionOfThisBuild() throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("cks.root"), "pom.xml"));

    assertThat(NeedsJqwik.COORDINATE).startsWith("net.jqwik:jqwik:");
    assertThat(pom)
        .contains(
            "<jqwik.version>"
                + NeedsJqwik.COORDINATE.substring("net.jqwik:jqwik:".length())
                + "</jqwik.version>");
  }

  /** What the other JVM runs. */
  static class SomeTest {
    @Test
    void runs() {}
  }

  /** The other JVM. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) {
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(args[0]))
                  .build(),
              summary);
      System.out.println("tests: " + summary.getSummary().getTestsSucceededCount());
    }
  }

  private static String run(Class<?> tests) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(element -> !element.contains("jqwik"))
            .collect(Collectors.joining(File.pathSeparator));
    Process jvm =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    Main.class.getName(),
                    tests.getName()))
            .redirectErrorStream(true)
            .start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    jvm.waitFor();
    return printed;
  }
}
