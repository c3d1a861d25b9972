package dev.cks.memory;

import dev.cks.internal.IdTable;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.util.List;
import java.util.function.Consumer;

/** Keeps records as long as the JVM lives. */
public final class InMemoryMetadataStore implements MetadataStore {
  /** A record makes its key when asked: a million of them would weigh more than the table. */
  private static final class Records extends IdTable<String, Stored> {
    @Override
    protected String idOf(Stored stored) {
      return stored.record().key();
    }
  }

  private final Records records = new Records();

  /** An empty store. */
  public InMemoryMetadataStore() {}

  @Override
  public void load(Consumer<? super Stored> consumer) {
    List<Stored> snapshot;
    synchronized (records) {
      snapshot = List.copyOf(records.values());
    }
    snapshot.forEach(consumer);
  }

  @Override
  public void commit(Changes changes) {
    synchronized (records) {
      changes.puts().forEach(put -> require(put.record().key(), put.replaces()));
      changes.removes().forEach(remove -> require(remove.key(), remove.replaces()));
      changes.removes().forEach(remove -> records.remove(remove.key()));
      changes.puts().forEach(put -> records.put(new Stored(put.record(), put.replaces() + 1)));
    }
  }

  private void require(String key, long version) {
    Stored present = records.get(key);
    if ((present == null ? 0 : present.version()) != version) {
      throw new Conflict(key);
    }
  }

  @Override
  public void close() {}
}
