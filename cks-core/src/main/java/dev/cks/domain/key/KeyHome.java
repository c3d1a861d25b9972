package dev.cks.domain.key;

import dev.cks.domain.keystore.KeyStoreId;

/** Where a key's material lives. */
public sealed interface KeyHome {

  /** In KMS itself: {@code Origin} is {@code AWS_KMS}. Such a key's store counts as connected. */
  record Standard() implements KeyHome {
    @Override
    public String origin() {
      return "AWS_KMS";
    }
  }

  /** In the cluster of a custom key store: {@code Origin} is {@code AWS_CLOUDHSM}. */
  record Custom(KeyStoreId store) implements KeyHome {
    @Override
    public String origin() {
      return "AWS_CLOUDHSM";
    }
  }

  /** The one standard home. */
  KeyHome STANDARD = new Standard();

  /** The {@code Origin} that AWS shows. */
  String origin();
}
