package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreHasCmKsException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreNotFoundException;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

class KeyStoreOperationsTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aNewStoreIsShownAsDocumented() {
    String storeId = world.createStore();
    CustomKeyStoresListEntry store = world.describe(storeId);
    assertThat(storeId).matches("cks-[0-9a-f]{17}");
    assertThat(store.customKeyStoreId()).isEqualTo(storeId);
    assertThat(store.customKeyStoreName()).isEqualTo("orders");
    assertThat(store.customKeyStoreType()).isEqualTo(CustomKeyStoreType.AWS_CLOUDHSM);
    assertThat(store.cloudHsmClusterId()).isEqualTo(World.CLUSTER_ID);
    assertThat(store.trustAnchorCertificate()).isEqualTo(FakeCluster.TRUST_ANCHOR);
    assertThat(store.connectionState()).isEqualTo(ConnectionStateType.DISCONNECTED);
    assertThat(store.connectionErrorCode()).isNull();
    assertThat(store.creationDate()).isNotNull();
    assertThat(store.xksProxyConfiguration()).isNull();
  }

  @Test
  void connectAndDisconnect() {
    String storeId = world.createConnectedStore();
    assertThat(world.describe(storeId).connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
    world.client.disconnectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThat(world.describe(storeId).connectionState())
        .isEqualTo(ConnectionStateType.DISCONNECTED);
  }

  @Test
  void aPasswordThatIsUpdatedIsThePasswordOfTheNextConnect() {
    String storeId = world.createStore();
    world.client.updateCustomKeyStore(
        request -> request.customKeyStoreId(storeId).keyStorePassword("not-the-password"));
    world.client.connectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThat(world.describe(storeId).connectionState()).isEqualTo(ConnectionStateType.FAILED);
    assertThat(world.describe(storeId).connectionErrorCodeAsString())
        .isEqualTo("INVALID_CREDENTIALS");

    world.client.disconnectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    world.client.updateCustomKeyStore(
        request -> request.customKeyStoreId(storeId).keyStorePassword(World.PASSWORD));
    world.client.connectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThat(world.describe(storeId).connectionState()).isEqualTo(ConnectionStateType.CONNECTED);
  }

  @Test
  void renamedAndFoundByItsName() {
    String storeId = world.createStore();
    world.client.updateCustomKeyStore(
        request -> request.customKeyStoreId(storeId).newCustomKeyStoreName("invoices"));
    assertThat(
            world
                .client
                .describeCustomKeyStores(request -> request.customKeyStoreName("invoices"))
                .customKeyStores())
        .extracting(CustomKeyStoresListEntry::customKeyStoreId)
        .containsExactly(storeId);
  }

  @Test
  void aStoreWithKeysStays() {
    String storeId = world.createConnectedStore();
    world.createKeyIn(storeId);
    world.client.disconnectCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThatThrownBy(
            () -> world.client.deleteCustomKeyStore(request -> request.customKeyStoreId(storeId)))
        .isInstanceOf(CustomKeyStoreHasCmKsException.class);
  }

  @Test
  void aDeletedStoreIsGone() {
    String storeId = world.createStore();
    world.client.deleteCustomKeyStore(request -> request.customKeyStoreId(storeId));
    assertThatThrownBy(() -> world.describe(storeId))
        .isInstanceOf(CustomKeyStoreNotFoundException.class);
    assertThat(world.client.describeCustomKeyStores().customKeyStores()).isEmpty();
  }

  @Test
  void theIdAndTheNameExcludeEachOther() {
    assertThatThrownBy(
            () ->
                world.client.describeCustomKeyStores(
                    request -> request.customKeyStoreId("cks-1").customKeyStoreName("orders")))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageContaining("CustomKeyStoreName");
  }

  @Test
  void proxyParametersAreNotForCloudHsmStores() {
    assertThatThrownBy(
            () ->
                world.client.createCustomKeyStore(
                    request ->
                        request
                            .customKeyStoreName("orders")
                            .xksProxyConnectivity("PUBLIC_ENDPOINT")))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith("XksProxyConnectivity is not valid");
    String storeId = world.createStore();
    assertThatThrownBy(
            () ->
                world.client.updateCustomKeyStore(
                    request ->
                        request
                            .customKeyStoreId(storeId)
                            .xksProxyUriEndpoint("https://proxy.example.com")))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageStartingWith("XksProxyUriEndpoint is not valid");
  }

  @Test
  void externalKeyStoresComeLater() {
    assertThatThrownBy(
            () ->
                world.client.createCustomKeyStore(
                    request ->
                        request
                            .customKeyStoreName("external")
                            .customKeyStoreType(CustomKeyStoreType.EXTERNAL_KEY_STORE)))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
