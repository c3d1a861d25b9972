package dev.cks.service;

/** The six key store operations. */
public final class KeyStoreService {
  KeyStoreService() {}

  public String create(KeyStoreRequests.Create request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void connect(String storeId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void disconnect(String storeId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void update(KeyStoreRequests.Update request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public void delete(String storeId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public Page<KeyStoreRequests.Description> describe(
      KeyStoreRequests.Describe request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }
}
