package dev.cks.spi;

import java.util.function.Consumer;

/**
 * Keeps metadata records. Does not answer look-ups: the library reads everything once and keeps it
 * in memory. Thread-safe. {@code MetadataStoreContract} in {@code cks-spi-tck} is the proof of an
 * implementation.
 */
public interface MetadataStore extends AutoCloseable {

  /** Hands over every record there is, each once, in no particular order. */
  void load(Consumer<? super Stored> consumer);

  /**
   * Makes all changes or none.
   *
   * @throws Conflict if some record is not at the version its change replaces; nothing is changed
   */
  void commit(Changes changes);

  @Override
  void close();

  /**
   * A record and its version.
   *
   * @param version 1 when first put, one more with each change
   */
  record Stored(MetadataRecord record, long version) {}

  /** A lost race: read again and decide again. */
  final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the record that was not at the expected version. */
    public Conflict(String key) {
      super("changed meanwhile: " + key);
    }
  }
}
