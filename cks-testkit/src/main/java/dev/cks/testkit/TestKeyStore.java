package dev.cks.testkit;

import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;

/**
 * A custom key store, and the client that sees it: what a test is handed, and what assertions read.
 * It knows nothing of the simulator; a key store on AWS is {@code new TestKeyStore(kms, id)}.
 *
 * @param kms reads its state
 * @param id for example {@code cks-1234567890abcdef0}
 */
public record TestKeyStore(KmsClient kms, String id) {

  /** What DescribeCustomKeyStores says now. */
  public CustomKeyStoresListEntry describe() {
    return kms.describeCustomKeyStores(request -> request.customKeyStoreId(id))
        .customKeyStores()
        .get(0);
  }

  /** Calls ConnectCustomKeyStore; whether it came to a connection shows afterwards. */
  public void connect() {
    kms.connectCustomKeyStore(request -> request.customKeyStoreId(id));
  }

  /** Calls DisconnectCustomKeyStore. */
  public void disconnect() {
    kms.disconnectCustomKeyStore(request -> request.customKeyStoreId(id));
  }

  /** Tells KMS the password of {@code kmsuser}, as UpdateCustomKeyStore does; it is not tried. */
  public void updatePassword(String password) {
    kms.updateCustomKeyStore(request -> request.customKeyStoreId(id).keyStorePassword(password));
  }

  @Override
  public String toString() {
    return id;
  }
}
