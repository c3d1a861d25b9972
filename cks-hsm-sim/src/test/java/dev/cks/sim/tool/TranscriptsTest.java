package dev.cks.sim.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.spi.HsmSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sessions as they look on the screen. The file holds both what is typed, after the prompt, and
 * what is printed; the test types the one and compares the other ({@code -Dcks.regenerate=true}
 * writes it).
 */
final class TranscriptsTest {
  private static final String RESOURCES = "cks-hsm-sim/src/test/resources/dev/cks/sim/tool";
  private static final String LABEL = "arn:aws:kms:us-east-1:111122223333:key/x";

  @ParameterizedTest
  @CsvSource({
    "cloudhsm_mgmt_util, CLOUDHSM_MGMT_UTIL, aws-cloudhsm>",
    "key_mgmt_util, KEY_MGMT_UTIL, Command:",
    "cloudhsm-cli, CLOUDHSM_CLI, aws-cloudhsm >",
  })
  void run_commandsOfTheTranscript_printsTheTranscript(String file, Dialect dialect, String prompt)
      throws IOException {
    String expected = read(file + ".txt");
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.writeString(
          Path.of(System.getProperty("cks.root"), RESOURCES, file + ".txt"),
          replay(expected, dialect, prompt));
      return;
    }

    assertThat(replay(expected, dialect, prompt)).isEqualTo(expected);
    assertThat(replay(expected, dialect, prompt)).isEqualTo(expected);
  }

  private static String replay(String transcript, Dialect dialect, String prompt) {
    StringBuilder screen = new StringBuilder();
    try (SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(7)) {
      HsmConsole console = clusterWithAKey(service).console(dialect);
      transcript
          .lines()
          .filter(line -> line.startsWith(prompt))
          .forEach(
              line ->
                  screen
                      .append(line)
                      .append('\n')
                      .append(console.run(line.substring(prompt.length()).replace("\\n", "\n"))));
    }
    return screen.toString();
  }

  private static SimulatedCluster clusterWithAKey(SimulatedCloudHsm service) {
    SimulatedCluster cluster = service.cluster().create();
    try (HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD)) {
      session.generateAes256(new BackingKeyId(1, 2), LABEL);
    }
    return cluster;
  }

  private static String read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TranscriptsTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
