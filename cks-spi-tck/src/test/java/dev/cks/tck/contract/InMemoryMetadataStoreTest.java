package dev.cks.tck.contract;

import dev.cks.KmsConfig;
import dev.cks.spi.MetadataStore;

/** The default store keeps the contract. */
class InMemoryMetadataStoreTest extends MetadataStoreContract {
  @Override
  protected MetadataStore create() {
    return KmsConfig.inMemoryStore();
  }
}
