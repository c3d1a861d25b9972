package dev.cks.service;

import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key in the catalog: its latest record, its store, and its material while connected. */
final class KeyEntry {

  /** A record and the version it was committed as. */
  record Row(KmsKey key, long version) {}

  /** Material is valid as long as the session it was found through. */
  private record Material(HsmSession session, HsmKey key) {}

  /** Apart from the entry, which all threads read: what one of them writes here costs no other. */
  private static final class UseCell {
    // written without order: of two uses at once, either is the last
    @Nullable LatestUse last;
  }

  /** Uses of one kind at one instant, of which the last counts: most follow one like themselves. */
  private static final class Uses implements LatestUse {
    private final KeyOperation operation;
    private final Instant time;
    private Caller caller;

    Uses(KeyOperation operation, Instant time, Caller caller) {
      this.operation = operation;
      this.time = time;
      this.caller = caller;
    }

    @Override
    public KeyUse toUse() {
      return new KeyUse(operation, time, caller.requestId(), null);
    }
  }

  private final StoreEntry store;
  private volatile Row row;
  private volatile @Nullable Material material;
  private volatile @Nullable UseCell uses;

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

  /** Keeps a successful use, in memory only. */
  void used(KeyOperation operation, Instant time, Caller caller) {
    UseCell cell = useCell();
    if (cell.last instanceof Uses same && same.operation == operation && same.time.equals(time)) {
      same.caller = caller;
    } else {
      cell.last = new Uses(operation, time, caller);
    }
  }

  /** The same of a use that is recorded. */
  void used(LatestUse use) {
    useCell().last = use;
  }

  private UseCell useCell() {
    UseCell cell = uses;
    return cell == null ? firstUse() : cell;
  }

  private synchronized UseCell firstUse() {
    UseCell cell = uses;
    if (cell == null) {
      cell = new UseCell();
      uses = cell;
    }
    return cell;
  }

  /** The last successful use that is known of. */
  @Nullable KeyUse lastUse() {
    UseCell cell = uses;
    LatestUse last = cell == null ? null : cell.last;
    return last == null ? null : last.toUse();
  }

  void remember(HsmSession session, HsmKey key) {
    material = new Material(session, key);
  }
}
