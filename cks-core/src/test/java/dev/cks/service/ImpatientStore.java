package dev.cks.service;

import dev.cks.KmsConfig;
import dev.cks.spi.Changes;
import dev.cks.spi.MetadataStore;
import java.util.function.Consumer;

/** Records in memory, for one thread: a change that is refused again and again has no rival. */
final class ImpatientStore implements MetadataStore {
  private static final int PATIENCE = 100;

  private final MetadataStore delegate = KmsConfig.inMemoryStore();
  private int refused;

  @Override
  public void load(Consumer<? super Stored> consumer) {
    delegate.load(consumer);
  }

  @Override
  public void commit(Changes changes) {
    try {
      delegate.commit(changes);
      refused = 0;
    } catch (Conflict conflict) {
      if (++refused > PATIENCE) {
        throw new IllegalStateException("nobody was faster", conflict);
      }
      throw conflict;
    }
  }

  @Override
  public void close() {
    delegate.close();
  }
}
