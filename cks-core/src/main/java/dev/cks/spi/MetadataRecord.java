package dev.cks.spi;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.key.Alias;
import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;

/** What a {@link MetadataStore} keeps. */
public sealed interface MetadataRecord {

  /** Unique over all records: kind and id, for example {@code alias:alias/orders}. */
  String key();

  /** A key store, with its key count: so a store with keys cannot vanish in a race. */
  record OfStore(CustomKeyStore store) implements MetadataRecord {
    @Override
    public String key() {
      return "store:" + store.id();
    }
  }

  /** A KMS key. */
  record OfKey(KmsKey kmsKey) implements MetadataRecord {
    @Override
    public String key() {
      return "key:" + kmsKey.id();
    }
  }

  /** An alias. */
  record OfAlias(Alias alias) implements MetadataRecord {
    @Override
    public String key() {
      return "alias:" + alias.name();
    }
  }

  /** A grant. */
  record OfGrant(Grant grant) implements MetadataRecord {
    @Override
    public String key() {
      return "grant:" + grant.id();
    }
  }

  /**
   * Something only one key store at a time may have, or an id that is used up.
   *
   * @param holder id of the holder; for people
   */
  record OfClaim(Kind kind, String name, String holder) implements MetadataRecord {

    /** What is claimed. */
    public enum Kind {
      /** The name of a key store. */
      STORE_NAME,
      /** A cluster's backup history: one key store a family. */
      CLUSTER_FAMILY,
      /** The id of a key that was deleted for good. */
      DELETED_KEY
    }

    @Override
    public String key() {
      return "claim:" + kind + ":" + name;
    }
  }
}
