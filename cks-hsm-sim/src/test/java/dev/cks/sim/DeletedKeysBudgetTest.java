package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import dev.cks.sim.user.Role;
import dev.cks.spi.HsmSession;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The budget of faults protects keys that somebody counts on. Here one is deleted while an HSM is
 * out of reach, which so keeps the only copy; then another HSM is to go down.
 */
final class DeletedKeysBudgetTest {
  private static final BackingKeyId KEY = new BackingKeyId(1, 1);

  private final SimulatedCloudHsm service = SimulatedCloudHsm.withSeed(8);
  private final SimulatedCluster cluster = service.cluster().create();

  @AfterEach
  void close() {
    service.close();
  }

  private long withheldAfter(Consumer<String> deletion) {
    try (HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD)) {
      session.generateAes256(KEY, "label");
    }
    cluster.partition("us-east-1c");
    deletion.accept(cluster.keysOn("us-east-1a").get(0).reference());
    cluster.heal("us-east-1c");
    cluster.faults().install(FaultPlan.script("before the 1st RANDOM at us-east-1a: node down"));
    try (HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD)) {
      session.random(new byte[8]);
    }
    return cluster.faults().withheld();
  }

  private void inConsole(Dialect dialect, String login, String deletion) {
    HsmConsole console = cluster.console(dialect);
    console.run(login);
    console.run(deletion);
    console.run(dialect == Dialect.KEY_MGMT_UTIL ? "logoutHSM" : "quit");
    assertThat(cluster.keysOn("us-east-1a")).isEmpty();
  }

  @Test
  void keyThatNobodyDeleted_isProtected() {
    cluster.stopNode("us-east-1b");
    assertThat(withheldAfter(handle -> {})).isEqualTo(1);
  }

  @Test
  void keyDeletedWithKeyMgmtUtil_isNotProtected() {
    assertThat(
            withheldAfter(
                handle ->
                    inConsole(
                        Dialect.KEY_MGMT_UTIL,
                        "loginHSM -u CU -s kmsuser -p " + ClusterBuilder.KMSUSER_PASSWORD,
                        "deleteKey -k " + handle)))
        .isZero();
  }

  @Test
  void keyDeletedWithTheCli_isNotProtected() {
    assertThat(
            withheldAfter(
                handle ->
                    inConsole(
                        Dialect.CLOUDHSM_CLI,
                        "login --username kmsuser --role crypto-user --password "
                            + ClusterBuilder.KMSUSER_PASSWORD,
                        "key delete --filter attr.label=label")))
        .isZero();
  }

  @Test
  void keyDeletedByTheOperatorsHand_isNotProtected() {
    assertThat(withheldAfter(cluster::deleteKey)).isZero();
  }

  @Test
  void keyWhoseDeletionAnotherUserTried_isProtected() {
    cluster.stopNode("us-east-1b");
    cluster.createUser("other", "password1", Role.CRYPTO_USER);
    long withheld =
        withheldAfter(
            handle -> {
              HsmConsole console = cluster.console(Dialect.KEY_MGMT_UTIL);
              console.run("loginHSM -u CU -s other -p password1");
              assertThat(console.run("deleteKey -k " + handle)).contains("denied");
              console.run("logoutHSM");
            });
    assertThat(withheld).isEqualTo(1);
  }
}
