package dev.cks.testkit.assertions;

import dev.cks.testkit.TestKeyStore;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** Which keys a key store holds, by what KMS says. */
final class KeysOfStore {
  private KeysOfStore() {}

  /** Their ARNs. */
  static Set<String> of(TestKeyStore store) {
    return store.kms().listKeysPaginator().keys().stream()
        .map(listed -> describe(store, listed.keyId()))
        .filter(key -> store.id().equals(key.customKeyStoreId()))
        .map(KeyMetadata::arn)
        .collect(Collectors.toSet());
  }

  private static KeyMetadata describe(TestKeyStore store, String keyId) {
    return store.kms().describeKey(request -> request.keyId(keyId)).keyMetadata();
  }
}
