package dev.cks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/benchmarks shows is what was measured. */
class DocumentsTest {
  private final Documents committed =
      new Documents(Path.of(System.getProperty("cks.root", "..")).resolve("docs/benchmarks"));

  @Test
  void page_isMadeOfTheFigures() throws Exception {
    assertThat(Page.of(committed.figures())).isEqualTo(Files.readString(committed.page()));
  }

  @Test
  void chart_isMadeOfTheFigures() throws Exception {
    assertThat(Chart.of(committed.figures())).isEqualTo(Files.readString(committed.chart()));
  }

  @Test
  void update_replacesRowsOfTheRun_andKeepsTheOthers(@TempDir Path directory) throws Exception {
    Documents documents = new Documents(directory);
    documents.update(figures(100, "raw.encrypt.32", "core.encrypt.32"));
    documents.update(figures(300, "core.encrypt.32"));

    Figures kept = documents.figures().get(0);

    assertThat(kept.median("raw.encrypt.32", Figures.Figure::cpu)).isEqualTo(100);
    assertThat(kept.median("core.encrypt.32", Figures.Figure::cpu)).isEqualTo(300);
    assertThat(Files.readString(documents.page())).contains("**3.00 missed**");
  }

  private static Figures figures(double cpu, String... rows) {
    Figures figures = new Figures("17.0.1");
    for (String row : List.of(rows)) {
      figures.add(new Figures.Figure(row, 0, cpu, cpu, cpu));
    }
    return figures;
  }
}
