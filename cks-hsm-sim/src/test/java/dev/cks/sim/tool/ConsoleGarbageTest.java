package dev.cks.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is typed: text comes back, the same each time, without what looks like a password. */
final class ConsoleGarbageTest {
  private static final String SECRET = "S3cret!Canary";
  private static final int LINES = 3000;

  private static final List<String> TOKENS =
      List.of(
          "loginHSM",
          "logoutHSM",
          "createUser",
          "deleteUser",
          "changePswd",
          "listUsers",
          "findAllKeys",
          "getAttribute",
          "info",
          "server",
          "findKey",
          "deleteKey",
          "genSymKey",
          "login",
          "logout",
          "user",
          "key",
          "cluster",
          "list",
          "create",
          "delete",
          "activate",
          "change-password",
          "generate-symmetric",
          "aes",
          "hsm-info",
          "--username",
          "--role",
          "--password",
          "--filter",
          "--label",
          "--key-length-bytes",
          "--max-items",
          "--starting-token",
          "--verbose",
          "--attributes",
          "--session",
          "-u",
          "-s",
          "-p",
          "-l",
          "-t",
          "-k",
          "-o",
          "-a",
          "-c",
          "-id",
          "-sess",
          "-m",
          "-kcv",
          "-hpswd",
          "-nex",
          "CO",
          "CU",
          "PRECO",
          "AU",
          "admin",
          "crypto-user",
          "kmsuser",
          "adminPswd01",
          "y",
          "n",
          "0",
          "1",
          "3",
          "31",
          "32",
          "512",
          "262162",
          "-1",
          "99999999999999999999",
          "attr.label=x",
          "attr.label=",
          "attr.",
          "key-reference=0x40012",
          "key-reference=0xffffffffff",
          "extractable=false",
          "\"",
          "'",
          "\"a b\"",
          "\n",
          "\t",
          "\u0000",
          "\ud800",
          "ü",
          "%s",
          SECRET,
          SECRET);

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void run_randomTokens_neverThrowsNeverEchoesASecretAndRepeats(Dialect dialect) {
    assertThat(transcript(dialect)).isEqualTo(transcript(dialect));
  }

  private static String transcript(Dialect dialect) {
    Random random = new Random(dialect.name().hashCode());
    StringBuilder all = new StringBuilder();
    try (SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(5)) {
      SimulatedCluster cluster = service.cluster().create();
      HsmConsole console = cluster.console(dialect);
      for (int i = 0; i < LINES; i++) {
        String line = line(random);
        String text = console.run(line);
        assertThat(text).as(line).endsWith("\n").doesNotContain(SECRET);
        all.append(text);
      }
    }
    return all.toString();
  }

  private static String line(Random random) {
    StringBuilder line = new StringBuilder();
    for (int count = random.nextInt(8); count > 0; count--) {
      line.append(TOKENS.get(random.nextInt(TOKENS.size()))).append(' ');
    }
    return line.toString();
  }
}
