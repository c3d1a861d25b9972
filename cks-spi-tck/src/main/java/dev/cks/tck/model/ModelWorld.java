package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What there is, what is due, and what the library answered where AWS leaves it free. */
final class ModelWorld {
  private record Due(long at, long sequence, Runnable work) {}

  final PublishedTables tables = PublishedTables.SHARED;
  final Map<Integer, ModelCluster> clusters = new TreeMap<>();
  final Map<Integer, ModelStore> stores = new TreeMap<>();
  final Map<Integer, ModelKey> keys = new TreeMap<>();
  final Map<String, Integer> aliases = new TreeMap<>();
  final List<String> deletions = new ArrayList<>();
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::sequence));
  private long sequence;
  long now;
  String observed = "";

  /** Null: there are no faults, or nobody shows what they did. */
  @Nullable Sight sight;

  void at(long due, Runnable work) {
    queue.add(new Due(due, sequence++, work));
  }

  /** Moves time, in milliseconds, and does what becomes due, each at its own time. */
  void advance(long millis) {
    long until = now + millis;
    for (Due due = queue.peek(); due != null && due.at() <= until; due = queue.peek()) {
      queue.remove();
      now = due.at();
      due.work().run();
    }
    now = until;
  }

  /** OK if there is no refusal; else one of them: AWS does not say which is found first. */
  String anyOf(List<String> refusals) {
    if (refusals.isEmpty()) {
      return ReferenceModel.OK;
    }
    return refusals.contains(observed) ? observed : refusals.get(0);
  }

  /** One of the outcomes that faults leave open, if it was observed. */
  String open(String otherwise, String... outcomes) {
    return List.of(outcomes).contains(observed) ? observed : otherwise;
  }

  Sight sight() {
    return Objects.requireNonNull(sight, "faults, and nobody shows what they did");
  }

  int number(ModelStore store) {
    return stores.entrySet().stream()
        .filter(entry -> entry.getValue() == store)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** The key store on a cluster; there is one at most. */
  @Nullable ModelStore storeOn(ModelCluster cluster) {
    return stores.values().stream()
        .filter(store -> store.cluster == cluster)
        .findFirst()
        .orElse(null);
  }

  /** Takes over what faults did. */
  void look() {
    for (ModelCluster cluster : clusters.values()) {
      ModelDoubt doubt = cluster.doubt;
      if (doubt != null) {
        doubt.look(sight().hsms(cluster.plan.number()));
        keys.forEach((number, key) -> lookAt(number, key, cluster, doubt));
        ModelStore store = storeOn(cluster);
        if ((store == null || store.session == null) && doubt.ends(now)) {
          cluster.doubt = null;
        }
      }
    }
  }

  private void lookAt(int number, ModelKey key, ModelCluster cluster, ModelDoubt doubt) {
    if (key.home.cluster == cluster && sight().misses(number)) {
      if (doubt.mustHave(key.material)) {
        throw new IllegalStateException("key " + number + " is held to be lost");
      }
      key.missingIn = key.home.attempt;
    }
  }

  /** What the table of connection states says of an operation; moves the store if it is allowed. */
  String move(@Nullable ModelStore store, String trigger) {
    if (store == null) {
      return "CustomKeyStoreNotFoundException";
    }
    String next = tables.next(trigger, store.connection);
    if (next.isEmpty()) {
      return tables.refusal(trigger);
    }
    store.connection = next;
    return ReferenceModel.OK;
  }
}
