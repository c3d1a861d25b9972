package dev.cks.sim.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import org.junit.jupiter.api.Test;

/** What people change by their tools is in the journal; what they look at is not. */
class ConsoleJournalTest {
  private final SimulatedCloudHsm hsm = SimulatedCloudHsm.withSeed(1);
  private final SimulatedCluster cluster = hsm.cluster().create();

  @Test
  void changesOfUsers_areEntered_withoutTheirPasswords() {
    try (HsmConsole tool = cluster.console(HsmConsole.Dialect.CLOUDHSM_MGMT_UTIL)) {
      tool.run("loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD);
      tool.run("changePswd CU kmsuser newPswd01\ny");
      tool.run("logoutHSM");
    }

    assertThat(hsm.journal().text())
        .contains(
            "operator: log in as admin on ",
            "operator: change password of kmsuser on ",
            "operator: log out on ")
        .doesNotContain(ClusterBuilder.ADMIN_PASSWORD, "newPswd01");
  }

  @Test
  void looking_isNotEntered() {
    try (HsmConsole tool = cluster.console(HsmConsole.Dialect.CLOUDHSM_MGMT_UTIL)) {
      tool.run("loginHSM CO admin " + ClusterBuilder.ADMIN_PASSWORD);
      long entries = hsm.journal().size();

      tool.run("listUsers");

      assertThat(hsm.journal().size()).isEqualTo(entries);
    }
  }

  @Test
  void deletionOfAKey_isEntered_withItsHandle() {
    try (HsmConsole tool = cluster.console(HsmConsole.Dialect.KEY_MGMT_UTIL)) {
      tool.run("loginHSM -u CU -s kmsuser -p " + ClusterBuilder.KMSUSER_PASSWORD);
      tool.run("genSymKey -t 31 -s 32 -l mine");
      String handle = cluster.keysOn("us-east-1a").get(0).reference();

      tool.run("deleteKey -k " + handle);

      assertThat(hsm.journal().text()).contains("operator: delete key " + handle + " on ");
    }
  }
}
