package dev.cks.sim.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.crypto.XaesSuite;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.JournalLog;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.tool.HsmConsole.Dialect;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one HSM of a cluster that was initialized a moment ago. */
final class ActivationTest {
  private final Seed seed = Seed.of(1);
  private final VirtualClock clock = new VirtualClock();
  private final Fleet fleet =
      new Fleet(
          new Fleet.Plan(
              "cluster-abcdefghijk",
              2,
              10,
              Duration.ZERO,
              new XaesSuite(),
              seed.stream("material"),
              seed.stream("random"),
              clock,
              new AtomicInteger(6)::getAndIncrement,
              seed.stream("chance"),
              new JournalLog(clock)));
  private final AtomicInteger activations = new AtomicInteger();
  private final Workstation workstation = new Workstation(fleet, seed.stream("salts"));

  @BeforeEach
  void addHsm() {
    fleet.onActivation(activations::incrementAndGet);
    fleet.add(new HsmNode("hsm-abcdefghijk", "us-east-1a", "10.0.0.4"));
  }

  @Test
  void changePswd_ofTheUnactivatedAdmin_activatesOnce() {
    HsmConsole console = workstation.start(Dialect.CLOUDHSM_MGMT_UTIL);
    assertThat(console.run("listUsers")).contains("PRECO").contains("app_user");
    console.run("loginHSM PRECO admin password");
    assertThat(console.run("createUser CU kmsuser password1\ny")).contains("not permitted");
    assertThat(activations).hasValue(0);

    assertThat(console.run("changePswd PRECO admin newPassword\ny"))
        .contains("changePswd success on server 0(10.0.0.4)");

    assertThat(activations).hasValue(1);
    assertThat(console.run("listUsers")).doesNotContain("PRECO").contains("CO ");
    console.run("logoutHSM");
    assertThat(console.run("loginHSM CO admin password")).contains("password is wrong");
    assertThat(console.run("loginHSM CO admin newPassword")).contains("loginHSM success");
    assertThat(console.run("createUser CU kmsuser password1\ny")).contains("createUser success");
  }

  @Test
  void clusterActivate_asksTwiceAndWorksOnce() {
    HsmConsole console = workstation.start(Dialect.CLOUDHSM_CLI);
    assertThat(console.run("user list")).contains("\"unactivated-admin\"");

    assertThat(console.run("cluster activate")).isEqualTo("Enter password:\n");
    assertThat(console.run("newPassword")).isEqualTo("Confirm password:\n");
    assertThat(console.run("newPassword")).contains("Cluster activation successful");

    assertThat(activations).hasValue(1);
    assertThat(console.run("cluster activate --password another1")).contains("\"error_code\": 1");
    assertThat(console.run("login --username admin --role admin --password newPassword"))
        .contains("\"error_code\": 0");
    assertThat(activations).hasValue(1);
  }

  @Test
  void clusterActivate_weakPassword_activatesNothing() {
    HsmConsole console = workstation.start(Dialect.CLOUDHSM_CLI);

    assertThat(console.run("cluster activate --password short")).contains("\"error_code\": 1");

    assertThat(activations).hasValue(0);
    assertThat(fleet.nodes().get(0).isActivated()).isFalse();
  }
}
