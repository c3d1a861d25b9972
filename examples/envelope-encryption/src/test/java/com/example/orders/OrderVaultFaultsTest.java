package com.example.orders;

import static dev.cks.testkit.assertions.CksAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.example.orders.OrderVault.VaultUnavailableException;
import dev.cks.audit.AuditTrail;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.testkit.CustomKeyStoreTest;
import dev.cks.testkit.TestKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

/** The service while the cluster behind its key misbehaves. */
@CustomKeyStoreTest
class OrderVaultFaultsTest {
  private OrderVault vault;

  @BeforeEach
  void setUp(KmsClient kms, TestKey key) {
    vault = new OrderVault(kms, key.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"us-east-1a", "us-east-1b", "us-east-1c"})
  void lossOfOneHsm_isNotNoticed(String zone, SimulatedCluster cluster) {
    byte[] sealed = vault.seal("A1", "four pies");

    cluster.stopNode(zone);

    assertThat(cluster).hasActiveHsms(2);
    assertThat(vault.open("A1", sealed)).isEqualTo("four pies");
  }

  @Test
  void failureOfEveryHsm_isTriedAgain(SimulatedCluster cluster, AuditTrail trail) {
    byte[] sealed = vault.seal("A1", "four pies");

    cluster
        .faults()
        .install(
            FaultPlan.script(
                """
                before the 1st DECRYPT at us-east-1a: service error
                before the 1st DECRYPT at us-east-1b: service error
                before the 1st DECRYPT at us-east-1c: service error
                """));

    assertThat(vault.open("A1", sealed)).isEqualTo("four pies");
    assertThat(trail).recorded("Decrypt").times(2);
    assertThat(trail).recorded("Decrypt").failedWith("KMSInternalException").once();
  }

  @Test
  void exhaustedSessions_makeTheVaultUnavailable_untilTheyAreFree(SimulatedCluster cluster) {
    byte[] sealed = vault.seal("A1", "four pies");

    cluster.occupySessions(SimulatedCluster.SESSION_LIMIT);
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.open("A1", sealed));

    cluster.occupySessions(0);
    assertThat(vault.open("A1", sealed)).isEqualTo("four pies");
  }

  @Test
  void networkThatIsCut_isNoLoss(SimulatedCluster cluster) {
    byte[] sealed = vault.seal("A1", "four pies");

    cluster.cutNetwork();
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.open("A1", sealed));

    cluster.restoreNetwork();
    assertThat(vault.open("A1", sealed)).isEqualTo("four pies");
  }
}
