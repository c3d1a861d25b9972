package dev.cks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory with what was measured, a file for each JDK, and the page and the chart that are
 * made of it.
 */
final class Documents {
  private final Path directory;

  Documents(Path directory) {
    this.directory = directory;
  }

  /** What was measured, the oldest JDK first. */
  List<Figures> figures() throws IOException {
    List<Figures> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".tsv")).toList()) {
        all.add(Figures.read(file));
      }
    }
    all.sort(Comparator.comparingInt(Figures::feature));
    return all;
  }

  /** Puts what a run found in the place of what the run before it found on this JDK. */
  void update(Figures run) throws IOException {
    Path file = directory.resolve("jdk-" + run.feature() + ".tsv");
    Files.createDirectories(directory);
    Figures all = run;
    if (Files.exists(file)) {
      all = Figures.read(file).replacedBy(run);
    }
    all.write(file);
    write();
  }

  /** Makes page and chart anew. */
  void write() throws IOException {
    List<Figures> all = figures();
    Files.writeString(page(), Page.of(all));
    Files.writeString(chart(), Chart.of(all));
  }

  Path page() {
    return directory.resolve("README.md");
  }

  Path chart() {
    return directory.resolve("bars.svg");
  }
}
