package dev.cks.service;

import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.spi.Changes;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.MetadataRecord.OfKey;

/** From a key in the catalog to its material in the cluster. */
final class KeyMaterial {
  private final Catalog catalog;
  private final ServicePorts ports;

  KeyMaterial(Catalog catalog, ServicePorts ports) {
    this.catalog = catalog;
    this.ports = ports;
  }

  /**
   * The material of an admitted key: a look-up once a connection, then a comparison.
   *
   * @param attempt the store's attempt, read before: material that is gone is gone in this
   *     connection, or in none that anybody will ask about
   */
  HsmKey of(KeyEntry entry, long attempt) {
    try {
      StoreEntry.Live login = entry.store().login();
      HsmKey known = entry.materialIn(login);
      return known != null ? known : lookUp(entry, login);
    } catch (HsmException failure) {
      throw failed(entry, attempt, failure);
    }
  }

  private static HsmKey lookUp(KeyEntry entry, StoreEntry.Live login) {
    HsmKey material =
        login.session().find(entry.key().backingKeyId()).orElseThrow(KeyMaterial::missing);
    entry.remember(login, material);
    return material;
  }

  private static HsmException missing() {
    return new HsmException(
        HsmException.Reason.KEY_NOT_FOUND, "no active HSM has the key material");
  }

  /** What a failed use of a key answers; material that is gone everywhere is marked as missing. */
  KmsException failed(KeyEntry entry, long attempt, HsmException failure) {
    if (failure.reason() == HsmException.Reason.KEY_NOT_FOUND
        && !ports.keyStateIgnoresMaterial()
        && entry.key().home() instanceof KeyHome.Custom) {
      markMissing(entry, attempt);
    }
    return HsmFailureMap.whenUsing(entry.key().arn(), failure);
  }

  /** The mark is the attempt's number, so it expires by itself with the next connection. */
  private void markMissing(KeyEntry entry, long attempt) {
    catalog.deciding(
        () -> {
          KeyEntry.Row row = entry.row();
          boolean gone = catalog.key(row.key().id()) != entry;
          boolean reconnected = entry.store().row().attempt() != attempt;
          if (!gone && !reconnected && row.key().missingIn() != attempt) {
            catalog.commit(
                Changes.builder()
                    .put(new OfKey(row.key().withMissingIn(attempt)), row.version())
                    .build());
          }
          return attempt;
        });
  }
}
