package dev.cks.service;

import dev.cks.domain.grant.Grant;
import dev.cks.domain.grant.GrantId;
import dev.cks.domain.key.KeyId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The catalog's grants: by id, by key, and by the principal that may retire them. Thread-safe. */
final class GrantIndex {

  /** A grant and the version it was committed as. */
  record Row(Grant grant, long version) {}

  /** Sorted grants and how many they are: a skip list counts by walking. */
  private record Shelf(NavigableMap<GrantId, Row> rows, AtomicInteger count) {
    static final NavigableMap<GrantId, Row> EMPTY = Collections.emptyNavigableMap();

    Shelf() {
      this(new ConcurrentSkipListMap<>(), new AtomicInteger());
    }

    void add(Row row) {
      if (rows.put(row.grant().id(), row) == null) {
        count.incrementAndGet();
      }
    }

    void remove(GrantId id) {
      if (rows.remove(id) != null) {
        count.decrementAndGet();
      }
    }
  }

  private final Map<GrantId, Row> byId = new ConcurrentHashMap<>();
  private final Map<KeyId, Shelf> byKey = new ConcurrentHashMap<>();
  private final Map<String, Shelf> byRetiringPrincipal = new ConcurrentHashMap<>();

  void add(Grant grant, long version) {
    Row row = new Row(grant, version);
    byKey.computeIfAbsent(grant.key(), key -> new Shelf()).add(row);
    String retiring = grant.terms().retiring();
    if (retiring != null) {
      byRetiringPrincipal.computeIfAbsent(retiring, principal -> new Shelf()).add(row);
    }
    byId.put(grant.id(), row);
  }

  /** Takes a grant out, after the commit that removed it. */
  void forget(Grant grant) {
    byId.remove(grant.id());
    removeFrom(byKey.get(grant.key()), grant.id());
    String retiring = grant.terms().retiring();
    if (retiring != null) {
      removeFrom(byRetiringPrincipal.get(retiring), grant.id());
    }
  }

  private static void removeFrom(@Nullable Shelf shelf, GrantId id) {
    if (shelf != null) {
      shelf.remove(id);
    }
  }

  /** Takes all grants of a key out, after the commit that removed them. */
  void forgetKey(KeyId key) {
    ofKey(key).values().forEach(row -> forget(row.grant()));
    byKey.remove(key);
  }

  @Nullable Row get(GrantId id) {
    return byId.get(id);
  }

  /** The grants of a key; a live view. */
  NavigableMap<GrantId, Row> ofKey(KeyId key) {
    return rowsOf(byKey.get(key));
  }

  int countOfKey(KeyId key) {
    Shelf shelf = byKey.get(key);
    return shelf == null ? 0 : shelf.count().get();
  }

  /** The grants that a principal is named to retire; a live view. */
  NavigableMap<GrantId, Row> retirableBy(String principal) {
    return rowsOf(byRetiringPrincipal.get(principal));
  }

  private static NavigableMap<GrantId, Row> rowsOf(@Nullable Shelf shelf) {
    return shelf == null ? Shelf.EMPTY : shelf.rows();
  }
}
