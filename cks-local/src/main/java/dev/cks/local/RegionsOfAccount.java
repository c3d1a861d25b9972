package dev.cks.local;

import dev.cks.sim.BackupShelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Regions of one account that were asked for, and all that they share. Thread-safe. */
final class RegionsOfAccount {
  private final BackupShelf shelf = new BackupShelf();
  private final SimulatedAws.Builder plan;
  private final Map<String, SimulatedAws> regions = new LinkedHashMap<>();

  RegionsOfAccount(SimulatedAws.Builder plan) {
    this.plan = new SimulatedAws.Builder(plan);
  }

  BackupShelf shelf() {
    return shelf;
  }

  /** The Region, built when first asked for. */
  synchronized SimulatedAws inRegion(String region) {
    SimulatedAws known = regions.get(region);
    if (known == null) {
      boolean home = region.equals(plan.scope.region());
      known = (home ? plan : plan.elsewhere(region)).build(this);
      regions.put(region, known);
    }
    return known;
  }

  /** Closes one Region; with the account's first one the others end too. */
  synchronized void close(SimulatedAws aws) {
    boolean home = aws.scope().region().equals(plan.scope.region());
    List<SimulatedAws> closing = home ? new ArrayList<>(regions.values()) : List.of(aws);
    closing.forEach(region -> regions.remove(region.scope().region(), region));
    closing.forEach(SimulatedAws::closeRegion);
  }
}
