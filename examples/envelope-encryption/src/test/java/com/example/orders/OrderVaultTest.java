package com.example.orders;

import static dev.cks.domain.key.KeyState.DISABLED;
import static dev.cks.domain.key.KeyState.PENDING_DELETION;
import static dev.cks.domain.keystore.ConnectionErrorCode.USER_LOCKED_OUT;
import static dev.cks.domain.keystore.ConnectionState.FAILED;
import static dev.cks.testkit.assertions.CksAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.example.orders.OrderVault.VaultUnavailableException;
import dev.cks.audit.AuditTrail;
import dev.cks.sim.SimulatedCluster;
import dev.cks.testkit.CustomKeyStoreTest;
import dev.cks.testkit.Key;
import dev.cks.testkit.KeyStore;
import dev.cks.testkit.TestKey;
import dev.cks.testkit.TestKeyStore;
import dev.cks.testkit.ThroughSdk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;

/** The service in each state that its key can be in. */
@CustomKeyStoreTest
@Key(alias = "alias/orders")
class OrderVaultTest {
  private OrderVault vault;

  @BeforeEach
  void setUp(KmsClient kms) {
    vault = new OrderVault(kms, "alias/orders");
  }

  @Test
  void sealedOrder_opens(AuditTrail trail, TestKey key) {
    assertThat(vault.open("A1", vault.seal("A1", "four pies"))).isEqualTo("four pies");

    assertThat(trail).recorded("GenerateDataKey").about(key).once();
    assertThat(trail).recorded("Decrypt").about(key).succeeded().once();
  }

  @Test
  void sealedOrder_opensAsNoOther() {
    byte[] sealed = vault.seal("A1", "four pies");

    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> vault.open("A2", sealed));
  }

  @Test
  void outage_isNoLoss(TestKeyStore store, TestKey key) {
    byte[] sealed = vault.seal("A1", "four pies");

    store.disconnect();
    assertThat(key).isUnavailable();
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.open("A1", sealed));

    store.connect();
    assertThat(vault.open("A1", sealed)).isEqualTo("four pies");
  }

  @Test
  @KeyStore(state = FAILED, code = USER_LOCKED_OUT)
  void lockedOutKms_isRepairedByTheAdmin(TestKeyStore store, SimulatedCluster cluster) {
    assertThat(store).isFailedWith(USER_LOCKED_OUT);
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.seal("A1", "four pies"));

    cluster.changePassword("kmsuser", "newPswd01");
    store.disconnect();
    store.updatePassword("newPswd01");
    store.connect();

    assertThat(store).isConnected();
    assertThat(vault.open("A1", vault.seal("A1", "four pies"))).isEqualTo("four pies");
  }

  @Test
  @Key(alias = "alias/orders", state = DISABLED)
  void disabledKey_makesTheVaultUnavailable() {
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.seal("A1", "four pies"));
  }

  @Test
  @Key(alias = "alias/orders", state = PENDING_DELETION)
  void cancelledDeletion_bringsTheVaultBack(KmsClient kms, TestKey key) {
    assertThatExceptionOfType(VaultUnavailableException.class)
        .isThrownBy(() -> vault.seal("A1", "four pies"));

    kms.cancelKeyDeletion(r -> r.keyId(key.id()));
    kms.enableKey(r -> r.keyId(key.id()));

    assertThat(vault.open("A1", vault.seal("A1", "four pies"))).isEqualTo("four pies");
  }

  @Test
  void generatedClient_doesTheSame(@ThroughSdk KmsClient kms) {
    OrderVault throughSdk = new OrderVault(kms, "alias/orders");

    assertThat(vault.open("A1", throughSdk.seal("A1", "four pies"))).isEqualTo("four pies");
  }
}
