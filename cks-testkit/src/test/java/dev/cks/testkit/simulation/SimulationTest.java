package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner as its command line drives it. */
class SimulationTest {
  private static final Path KEPT = Path.of("src", "test", "resources", "histories");

  @Test
  void run_ofAFewSeeds_reportsFiguresAndWhatWasNeverMet(@TempDir Path failures) {
    String report =
        SimulationMain.run("seeds=1-3", "minutes=", "scenario=", "failures=" + failures);

    assertThat(report)
        .startsWith("3 seeds, ")
        .contains("steps a second of thread CPU")
        .contains("never met:", "operations that no step takes: DeleteImportedKeyMaterial")
        .doesNotContain("fails");
    assertThat(failures).isEmptyDirectory();
  }

  @Test
  void run_onOneThreadOrTwo_visitsTheSame() {
    SimulationReport one = Simulation.ofSeeds("4-9").onThreads(1).run();
    SimulationReport two = Simulation.ofSeeds("4-9").onThreads(2).run();

    assertThat(two.steps()).isEqualTo(one.steps());
    assertThat(two.unvisited()).isEqualTo(one.unvisited());
  }

  @Test
  void run_withoutTime_runsNoSeed() {
    assertThat(Simulation.ofSeeds("1-").atMost(Duration.ZERO).run().seeds()).isZero();
  }

  @Test
  void scenario_thatIsMendedSince_saysSo() {
    Path file = KEPT.resolve("rotation-cut-in-the-middle.txt");

    assertThat(SimulationMain.run("scenario=" + file)).startsWith("the scenario goes as the model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-5", "1-2-3", "1..9"})
  void seeds_thatAreNone_areRefusedWithAnExample(String seeds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimulationMain.run("seeds=" + seeds))
        .withMessageContaining("1-2000");
  }

  @Test
  void options_thatAreNone_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SimulationMain.run("--help"));
    assertThatIllegalArgumentException().isThrownBy(() -> SimulationMain.run("minutes=soon"));
  }
}
