package dev.cks.sim.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories from files: those that are kept, or the one that {@code -Dhistory=file} names. */
class HistoryReplayTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "histories");

  static List<Path> files() throws IOException {
    String given = System.getProperty("history");
    if (given != null) {
      return List.of(Path.of(given));
    }
    try (Stream<Path> files = Files.list(KEPT)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void history_ofTheFile_goesAsTheModelSays(Path file) throws IOException {
    play(file);
  }

  private static void play(Path file) throws IOException {
    History history = History.parse(Files.readString(file));
    assertThat(history.steps()).isNotEmpty();
    HistoryRun.play(history, HistoryRun.ALWAYS);
    HistoryRun.play(history, HistoryRun.SELDOM);
  }
}
