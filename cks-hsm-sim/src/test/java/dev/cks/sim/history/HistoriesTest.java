package dev.cks.sim.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.sim.fault.Fault;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.tck.model.Step.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Histories over the real simulator with people, accidents and time: the library and the reference
 * model agree on every outcome and on everything that can be seen. The seeds are the same in every
 * build; {@code -Dhistory.seeds=5000-9000} gives others. What they visited is in {@code
 * target/histories.txt}.
 */
class HistoriesTest {
  private static final String USUAL_SEEDS = "1-2000";
  private static final long STEPS = 2_000_000;
  private static final long OFTEN = 5;
  private static final int BATCH = 100;

  /** They are for clusters that look at no password. */
  private static final Set<Kind> FOR_TEST_DOUBLES =
      EnumSet.of(Kind.BREAK_CLUSTER, Kind.REPAIR_CLUSTER);

  private static final Set<Kind> ON_STORES =
      EnumSet.of(
          Kind.CREATE_STORE,
          Kind.CONNECT,
          Kind.DISCONNECT,
          Kind.RENAME_STORE,
          Kind.CHANGE_PASSWORD,
          Kind.MOVE_STORE,
          Kind.DELETE_STORE,
          Kind.GENERATE_RANDOM,
          Kind.CREATE_KEY);

  private static final Set<Kind> ON_KEYS =
      EnumSet.of(
          Kind.DESCRIBE_KEY,
          Kind.ENABLE_KEY,
          Kind.DISABLE_KEY,
          Kind.SCHEDULE_DELETION,
          Kind.CANCEL_DELETION,
          Kind.CREATE_ALIAS,
          Kind.UPDATE_ALIAS,
          Kind.ENCRYPT,
          Kind.GENERATE_DATA_KEY,
          Kind.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
          Kind.DECRYPT_UNDER,
          Kind.RE_ENCRYPT);

  private static final List<String> KEY_STATES =
      List.of("Enabled", "Disabled", "PendingDeletion", "Unavailable", "");

  @Test
  void histories_ofAllSeeds_goAsTheModelSays() throws IOException {
    Campaign campaign = new Campaign(Path.of("target", "failed-histories"));
    String seeds = System.getProperty("history.seeds", USUAL_SEEDS);
    String[] range = seeds.split("-", 2);
    long last = Long.parseLong(range[range.length - 1]);
    for (long seed = Long.parseLong(range[0]); seed <= last; seed += BATCH) {
      run(campaign, seed, Math.min(last, seed + BATCH - 1));
    }
    Files.writeString(Path.of("target", "histories.txt"), campaign.coverage().toString());
    if (seeds.equals(USUAL_SEEDS)) {
      reachedEverything(campaign.coverage());
    }
  }

  private static void run(Campaign campaign, long first, long last) {
    long steps = campaign.coverage().steps();
    Duration cpu = processCpu();
    for (long seed = first; seed <= last; seed++) {
      campaign.run(seed);
    }
    campaign.coverage().took(steps, processCpu().minus(cpu));
  }

  /** With the compiler's and the collector's threads. */
  private static Duration processCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A generator that stopped reaching something would agree with anything. */
  private static void reachedEverything(Coverage coverage) {
    assertThat(coverage.steps()).isGreaterThanOrEqualTo(STEPS);
    assertThat(coverage.kinds())
        .containsAll(EnumSet.complementOf(EnumSet.copyOf(FOR_TEST_DOUBLES)));
    assertThat(coverage.errorCodes()).containsAll(names(ConnectionErrorCode.values()));
    requireOften(coverage.strikes(FaultCell::kind), EnumSet.allOf(Fault.Kind.class));
    requireOften(
        coverage.strikes(FaultCell::point),
        EnumSet.complementOf(EnumSet.of(FaultPoint.LIST))); // KMS never lists
    for (Kind kind : ON_STORES) {
      assertThat(coverage.states(kind))
          .as("connection states that met %s", kind)
          .containsAll(names(ConnectionState.values()));
    }
    for (Kind kind : ON_KEYS) {
      assertThat(coverage.states(kind)).as("key states that met %s", kind).containsAll(KEY_STATES);
    }
    assertThat(coverage.outcomes(Kind.DECRYPT))
        .contains("ok", "InvalidCiphertextException", "KMSInvalidStateException")
        .contains("KMSInternalException", "DisabledException", "NotFoundException");
    assertThat(coverage.outcomes(Kind.CREATE_KEY))
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
