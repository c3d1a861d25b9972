package dev.cks.testkit;

import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.journal.Journal;
import dev.cks.sim.journal.JournalEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which keys people, and faults beyond the budget, have touched: who loses a key by that has nobody
 * else to blame. Read from the journal of the HSM side and the records of the key stores.
 */
final class Touched {
  /** What is done to whole HSMs and can cost keys. */
  private static final Set<String> HARD =
      Set.of("stop", "remove", "install a fault plan beyond budget");

  private static final String DELETE_KEY = "delete key ";

  private final SimulatedCloudHsm cloudHsm;
  private final boolean everything;
  private final Set<String> places;
  private final Set<String> deleted;
  private final Set<String> moved;

  Touched(SimulatedCloudHsm cloudHsm, List<CustomKeyStore> committed) {
    this.cloudHsm = cloudHsm;
    List<JournalEntry> byPeople =
        cloudHsm.journal().entries().stream()
            .filter(entry -> entry.who().equals("operator"))
            .toList();
    this.everything = cloudHsm.journal().size() > Journal.CAPACITY; // nobody knows any more
    this.places =
        byPeople.stream()
            .filter(entry -> HARD.contains(entry.what()))
            .map(JournalEntry::where)
            .collect(Collectors.toSet());
    this.deleted =
        byPeople.stream()
            .map(JournalEntry::what)
            .filter(what -> what.startsWith(DELETE_KEY))
            .map(what -> what.substring(DELETE_KEY.length()))
            .collect(Collectors.toSet());
    this.moved = moved(committed);
  }

  /** Key stores that were given another cluster, which need not have their keys. */
  private static Set<String> moved(List<CustomKeyStore> committed) {
    return committed.stream()
        .collect(
            Collectors.groupingBy(
                store -> store.id().value(),
                Collectors.mapping(CustomKeyStore::clusterId, Collectors.toSet())))
        .entrySet()
        .stream()
        .filter(store -> store.getValue().size() > 1)
        .map(store -> store.getKey())
        .collect(Collectors.toSet());
  }

  /** Whether the key of this store may be gone. */
  boolean concerns(KmsKey key, CustomKeyStore store) {
    return everything
        || deleted.contains(key.reference())
        || moved.contains(store.id().value())
        || !atHome(store).isEmpty();
  }

  /** What was done, except to other clusters; an HSM that was removed could be anybody's. */
  private Set<String> atHome(CustomKeyStore store) {
    Set<String> here = new HashSet<>(places);
    for (SimulatedCluster other : cloudHsm.clusters()) {
      if (!other.id().equals(store.clusterId())) {
        here.remove(other.id());
        other.hsms().stream().map(Hsm::hsmId).forEach(here::remove);
      }
    }
    return here;
  }
}
