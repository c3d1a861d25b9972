package dev.cks.service;

import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KmsKey;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.MetadataRecord.OfKey;
import java.util.Optional;

/** From a key in the catalog to its material in the cluster. */
final class KeyMaterial {
  private final Catalog catalog;
  private final ServicePorts ports;

  KeyMaterial(Catalog catalog, ServicePorts ports) {
    this.catalog = catalog;
    this.ports = ports;
  }

  /** The session of a connected store. */
  static HsmSession session(StoreEntry store) {
    StoreEntry.Live live = store.live();
    if (live == null) {
      throw HsmFailureMap.cannotCommunicate();
    }
    return live.session();
  }

  /** The material of an admitted key: a look-up once a connection, then a comparison. */
  HsmKey of(KeyEntry entry) {
    HsmSession session = session(entry.store());
    HsmKey known = entry.materialIn(session);
    return known != null ? known : lookUp(entry, session);
  }

  private HsmKey lookUp(KeyEntry entry, HsmSession session) {
    KmsKey key = entry.key();
    Optional<HsmKey> found;
    try {
      found = session.find(key.backingKeyId());
    } catch (HsmException failure) {
      throw HsmFailureMap.whenUsing(key.arn(), failure);
    }
    HsmKey material = found.orElseThrow(() -> failed(entry, missing()));
    entry.remember(session, material);
    return material;
  }

  private static HsmException missing() {
    return new HsmException(
        HsmException.Reason.KEY_NOT_FOUND, "no active HSM has the key material");
  }

  /** What a failed use of a key answers; material that is gone everywhere is marked as missing. */
  KmsException failed(KeyEntry entry, HsmException failure) {
    if (failure.reason() == HsmException.Reason.KEY_NOT_FOUND
        && !ports.keyStateIgnoresMaterial()
        && entry.key().home() instanceof KeyHome.Custom) {
      markMissing(entry);
    }
    return HsmFailureMap.whenUsing(entry.key().arn(), failure);
  }

  /** The mark is the attempt's number, so it expires by itself with the next connection. */
  private void markMissing(KeyEntry entry) {
    catalog.deciding(
        () -> {
          KeyEntry.Row row = entry.row();
          long attempt = entry.store().row().attempt();
          boolean gone = catalog.key(row.key().id()) != entry;
          if (!gone && row.key().missingIn() != attempt) {
            catalog.commit(
                Changes.builder()
                    .put(new OfKey(row.key().withMissingIn(attempt)), row.version())
                    .build());
          }
          return attempt;
        });
  }
}
