package dev.cks.domain.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.KeyStoreRequests;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CustomKeyStoreTest {
  private static final String CANARY = "canary-7f3a";

  private static CustomKeyStore store() {
    return new CustomKeyStore(
        new KeyStoreId("cks-1234567890abcdef0"),
        "orders",
        "cluster-1",
        "family",
        "PEM",
        Instant.EPOCH,
        ConnectionState.DISCONNECTED,
        0,
        null,
        SecretBytes.ofText(CANARY),
        null,
        0);
  }

  @Test
  void toString_ofAStoreAndOfItsRequests_showsNoPassword() {
    SecretBytes password = SecretBytes.ofText(CANARY);

    assertThat(store().withPasswords(password, password).toString()).doesNotContain(CANARY);
    assertThat(new KeyStoreRequests.Create("a", null, "b", "c", password).toString())
        .doesNotContain(CANARY);
    assertThat(new KeyStoreRequests.Update("a", null, password, null).toString())
        .doesNotContain(CANARY);
  }

  @Test
  void with_changesOnePartOnly() {
    SecretBytes other = SecretBytes.ofText("other");

    assertThat(store().withName("new").withName("orders")).isEqualTo(store());
    assertThat(store().withCluster("new").withCluster("cluster-1")).isEqualTo(store());
    assertThat(store().withKeys(7).withKeys(0)).isEqualTo(store());
    assertThat(store().withPasswords(other, other).withPasswords(store().password(), null))
        .isEqualTo(store());
    assertThat(store().withConnection(ConnectionState.CONNECTING, 1, null).attempt()).isEqualTo(1);
  }

  @Test
  void id_ofRandomBytes_hasSeventeenHexDigits() {
    byte[] bytes = new byte[9];
    Arrays.fill(bytes, (byte) 0xAB);

    assertThat(KeyStoreId.ofRandom(bytes)).hasToString("cks-" + "ab".repeat(8) + "a");
  }
}
