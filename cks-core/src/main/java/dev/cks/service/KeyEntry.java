package dev.cks.service;

import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import org.jspecify.annotations.Nullable;

/** A key in the catalog: its latest record, its store, and its material while connected. */
final class KeyEntry {

  /** A record and the version it was committed as. */
  record Row(KmsKey key, long version) {}

  /** Material is valid as long as the session it was found through. */
  private record Material(HsmSession session, HsmKey key) {}

  private final StoreEntry store;
  private volatile Row row;
  private volatile @Nullable Material material;

  KeyEntry(StoreEntry store, Row row) {
    this.store = store;
    this.row = row;
  }

  StoreEntry store() {
    return store;
  }

  Row row() {
    return row;
  }

  KmsKey key() {
    return row.key();
  }

  KeyState state() {
    StoreEntry.Row home = store.row();
    return row.key().state(home.connection(), home.attempt());
  }

  /** Commits may be published out of order; the newest stays. */
  synchronized void publish(Row committed) {
    if (committed.version() > row.version()) {
      row = committed;
    }
  }

  /** The key's material as found through this session, or null if not looked up through it yet. */
  @Nullable HsmKey materialIn(HsmSession session) {
    Material found = material;
    return found != null && found.session() == session ? found.key() : null;
  }

  void remember(HsmSession session, HsmKey key) {
    material = new Material(session, key);
  }
}
