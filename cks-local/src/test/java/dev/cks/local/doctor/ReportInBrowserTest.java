package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cks.aws.doctor.report.Report;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The HTML report in headless Chromium. With {@code -Dcks.regenerate=true} the picture in {@code
 * docs/} is taken anew.
 */
final class ReportInBrowserTest {
  private static final Path PICTURE =
      Path.of(Objects.requireNonNull(System.getProperty("cks.root")), "docs/doctor-report.png");

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 2600;

  @TempDir Path directory;

  @Test
  void report_openedInABrowser_isDrawn() throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    if (browser.isEmpty()) {
      System.out.println("skipped: no chromium or google-chrome on the PATH to open a report with");
    }
    assumeTrue(browser.isPresent(), "no chromium or google-chrome on the PATH");
    Path page = directory.resolve("report.html");
    Files.writeString(page, Report.of(ReportTest.lockedOut()).html());

    Path picture = directory.resolve("report.png");
    String log = open(browser.get(), page, picture);

    assertThat(picture).as(log).exists();
    assertThat(colours(ImageIO.read(picture.toFile()))).hasSizeGreaterThan(20);
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.copy(picture, PICTURE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void pictureInTheDocuments_isThere() throws IOException {
    assertThat(colours(ImageIO.read(PICTURE.toFile()))).hasSizeGreaterThan(20);
  }

  private String open(Path browser, Path page, Path picture)
      throws IOException, InterruptedException {
    Path log = directory.resolve("browser.log");
    List<String> command = new ArrayList<>(List.of(browser.toString()));
    command.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"));
    command.addAll(
        List.of("--no-first-run", "--disable-background-networking", "--disable-component-update"));
    command.addAll(List.of("--disable-sync", "--hide-scrollbars"));
    command.add("--user-data-dir=" + directory.resolve("profile"));
    command.add("--window-size=" + WIDTH + "," + HEIGHT);
    command.add("--screenshot=" + picture);
    command.add(page.toUri().toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
    }
    return Files.readString(log);
  }

  private static Optional<Path> browser() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            folder -> List.of("chromium", "google-chrome").stream().map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A blank page has one, a page without its style sheet very few. */
  private static Set<Integer> colours(BufferedImage image) {
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x += 3) {
      for (int y = 0; y < image.getHeight(); y += 3) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours;
  }
}
