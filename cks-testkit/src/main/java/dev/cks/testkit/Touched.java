package dev.cks.testkit;

import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.journal.Journal;
import dev.cks.sim.journal.JournalEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private final Set<String> places = new HashSet<>();
  private final Set<String> deleted = new HashSet<>();

  /** Key stores that were given another cluster, which need not have their keys. */
  private final Set<String> moved = new HashSet<>();

  Touched(SimulatedCloudHsm cloudHsm, List<CustomKeyStore> committed) {
    this.cloudHsm = cloudHsm;
    this.everything = cloudHsm.journal().size() > Journal.CAPACITY; // nobody knows any more
    for (JournalEntry entry : cloudHsm.journal().entries()) {
      if (entry.who().equals("operator")) {
        read(entry);
      }
    }
    readMoves(committed);
  }

  private void read(JournalEntry byPeople) {
    String what = byPeople.what();
    if (HARD.contains(what)) {
      places.add(byPeople.where());
    } else if (what.startsWith(DELETE_KEY)) {
      deleted.add(what.substring(DELETE_KEY.length()));
    }
  }

  private void readMoves(List<CustomKeyStore> committed) {
    Map<String, String> clusters = new HashMap<>();
    for (CustomKeyStore store : committed) {
      String before = clusters.put(store.id().value(), store.clusterId());
      if (before != null && !before.equals(store.clusterId())) {
        moved.add(store.id().value());
      }
    }
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
        for (Hsm hsm : other.hsms()) {
          here.remove(hsm.hsmId());
        }
      }
    }
    return here;
  }
}
