package dev.cks.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts and removes that belong together.
 *
 * @param puts records to write
 * @param removes records to drop
 */
public record Changes(List<Put> puts, List<Remove> removes) {

  /**
   * Writes a record over the version it replaces.
   *
   * @param replaces that version; 0 if the record must not exist yet
   */
  public record Put(MetadataRecord record, long replaces) {}

  /** Drops the record with this key at this version. */
  public record Remove(String key, long replaces) {}

  public Changes {
    puts = List.copyOf(puts);
    removes = List.copyOf(removes);
  }

  /** Collects changes. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects changes; not thread-safe. */
  public static final class Builder {
    private final List<Put> puts = new ArrayList<>();
    private final List<Remove> removes = new ArrayList<>();

    private Builder() {}

    /** Writes a record that must not exist yet. */
    public Builder insert(MetadataRecord record) {
      return put(record, 0);
    }

    /** Writes a record over {@code replaces}. */
    public Builder put(MetadataRecord record, long replaces) {
      puts.add(new Put(record, replaces));
      return this;
    }

    /** Drops a record. */
    public Builder remove(String key, long replaces) {
      removes.add(new Remove(key, replaces));
      return this;
    }

    /** The changes collected so far. */
    public Changes build() {
      return new Changes(puts, removes);
    }
  }
}
