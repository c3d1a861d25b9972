package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.tck.model.Step.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Histories over the real simulator with people, accidents and time: the library and the reference
 * model agree on every outcome and on everything that can be seen. The seeds are the same in every
 * build; {@code mvn -q -Psimulate package} goes on with others.
 */
class HistoriesTest {
  private static final long STEPS = 2_000_000;
  private static final long OFTEN = 5;

  @Test
  void histories_ofAllSeeds_goAsTheModelSays() {
    SimulationReport report = Simulation.ofSeeds(Simulation.USUAL_SEEDS).run();

    assertThat(report.failure()).isEmpty();
    assertThat(report.steps()).isGreaterThanOrEqualTo(STEPS);
    reachedEverything(report.coverage());
  }

  /** A generator that stopped reaching something would agree with anything. */
  private static void reachedEverything(Coverage coverage) {
    assertThat(Unvisited.cells(coverage)).isEmpty();
    assertThat(coverage.errorCodes()).containsAll(names(ConnectionErrorCode.values()));
    requireOften(coverage.strikes(FaultCell::kind), EnumSet.allOf(Fault.Kind.class));
    requireOften(
        coverage.strikes(FaultCell::point),
        EnumSet.complementOf(EnumSet.of(FaultPoint.LIST))); // KMS never lists
    assertThat(coverage.outcomes(EnumSet.of(Kind.DECRYPT)))
        .contains("ok", "InvalidCiphertextException", "KMSInvalidStateException")
        .contains("KMSInternalException", "DisabledException", "NotFoundException");
    assertThat(coverage.outcomes(EnumSet.of(Kind.CREATE_KEY)))
        .contains("ok", "KMSInternalException", "DependencyTimeoutException")
        .contains("CloudHsmClusterInvalidConfigurationException");
  }

  /** Once would be luck: the next change of a generator would lose it. */
  private static <T> void requireOften(Map<T, Long> strikes, Set<T> all) {
    for (T each : all) {
      assertThat(strikes.getOrDefault(each, 0L))
          .as("strikes of %s among %s", each, strikes)
          .isGreaterThanOrEqualTo(OFTEN);
    }
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toSet());
  }
}
