package dev.cks.memory;

import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps records as long as the JVM lives. */
public final class InMemoryMetadataStore implements MetadataStore {
  private final Map<String, Stored> records = new HashMap<>();

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
      changes
          .puts()
          .forEach(
              put -> records.put(put.record().key(), new Stored(put.record(), put.replaces() + 1)));
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
