package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories that failed once; they are kept. */
class HistoryReplayTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "histories");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(KEPT)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void history_ofTheFile_goesAsTheModelSays(Path file) throws IOException {
    assertThat(History.parse(Files.readString(file)).steps()).isNotEmpty();
    Simulation.replay(file);
  }
}
