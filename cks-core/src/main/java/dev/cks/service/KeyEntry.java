package dev.cks.service;

import dev.cks.domain.key.KeyId;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KmsKey;
import dev.cks.spi.HsmKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A key in the catalog: its latest record, its store, and its material while connected. */
final class KeyEntry {

  /** A record and the version it was committed as. */
  record Row(KmsKey key, long version) {}

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

  // the key's id, here as well: who looks a key up finds it without a step to another object
  private final long idHigh;
  private final long idLow;

  /** The latest record; written under this entry's monitor, like the two that belong to it. */
  private volatile KmsKey key;

  private long version;

  private volatile @Nullable HsmKey material;

  /**
   * The number of the login that {@link #material} was found through; 0 while it is being replaced.
   * It only grows, so who reads it twice alike has read the material that belongs to it.
   */
  private volatile int foundIn;

  private volatile @Nullable UseCell uses;

  KeyEntry(StoreEntry store, Row row) {
    this.store = store;
    this.idHigh = row.key().id().high();
    this.idLow = row.key().id().low();
    this.key = row.key();
    this.version = row.version();
  }

  /** Its id, which never changes. */
  KeyId id() {
    return key.id();
  }

  /** Whether this is its id; no key here is a multi-Region key, but callers may ask for one. */
  boolean is(KeyId id) {
    return idHigh == id.high() && idLow == id.low() && (!id.multiRegion() || id.equals(id()));
  }

  StoreEntry store() {
    return store;
  }

  /** What a change will be based on; made when asked for. */
  synchronized Row row() {
    return new Row(key, version);
  }

  KmsKey key() {
    return key;
  }

  KeyState state() {
    StoreEntry.Row home = store.row();
    return key.state(home.connection(), home.attempt());
  }

  /** Commits may be published out of order; the newest stays. */
  synchronized void publish(Row committed) {
    if (committed.version() > version) {
      key = committed.key();
      version = committed.version();
    }
  }

  /** The key's material as found through this login, or null if not looked up through it yet. */
  @Nullable HsmKey materialIn(StoreEntry.Live login) {
    if (foundIn != login.number()) {
      return null;
    }
    HsmKey found = material;
    return foundIn == login.number() ? found : null;
  }

  /** Notes what was found through a login, unless a later one has found it already. */
  synchronized void remember(StoreEntry.Live login, HsmKey found) {
    if (login.number() >= foundIn) {
      foundIn = 0;
      material = found;
      foundIn = login.number();
    }
  }

  /** Keeps a successful use, in memory only. */
  @SuppressWarnings("ReferenceEquality") // an equal caller that is another may be written
  void used(KeyOperation operation, Instant time, Caller caller) {
    UseCell cell = useCell();
    if (cell.last instanceof Uses same && same.operation == operation && same.time.equals(time)) {
      if (same.caller != caller) { // the same caller again and again writes nothing
        same.caller = caller;
      }
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
}
