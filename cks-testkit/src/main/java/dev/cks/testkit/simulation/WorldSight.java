package dev.cks.testkit.simulation;

import dev.cks.domain.key.KmsKey;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.CustomKeyStore;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.user.UserView;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.ClusterFacts;
import dev.cks.tck.model.HsmView;
import dev.cks.tck.model.Sight;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Reads what a world shows without a call, so that no time passes. */
final class WorldSight implements Sight {
  private final SimulatedWorld world;

  WorldSight(SimulatedWorld world) {
    this.world = world;
  }

  @Override
  public String connection(int store) {
    return record(store).connection().name();
  }

  @Override
  public String errorCode(int store) {
    ConnectionErrorCode code = record(store).connectionErrorCode();
    return code == null ? "" : code.name();
  }

  @Override
  public boolean hasCandidate(int store) {
    return record(store).candidate() != null;
  }

  private CustomKeyStore record(int store) {
    return world.records.store(world.storeId(store));
  }

  @Override
  public boolean misses(int key) {
    KmsKey record = world.records.key(world.keyId(key));
    return record != null
        && record.missingIn() != 0
        && record.missingIn() == world.records.storeOf(record).attempt();
  }

  @Override
  public List<String> deletions() {
    List<String> shown = new ArrayList<>();
    for (AuditEvent event : world.trail.deletions()) {
      String status = String.valueOf(event.additionalEventData());
      shown.add(
          world.material(event.resources().get(0).arn())
              + (status.contains("SUCCESS") ? " SUCCESS" : " FAILURE"));
    }
    return shown;
  }

  @Override
  public List<HsmView> hsms(int number) {
    Interposed interposed = world.clusters.get(number);
    if (interposed == null) {
      return List.of();
    }
    List<HsmView> shown = new ArrayList<>();
    for (ClusterFacts.Hsm hsm : interposed.cluster.facts().hsms()) {
      shown.add(view(interposed.cluster, hsm));
    }
    return shown;
  }

  private HsmView view(SimulatedCluster cluster, ClusterFacts.Hsm hsm) {
    UserView user =
        cluster.users(hsm.id()).stream()
            .filter(each -> each.name().equals(SimulatedCluster.KMSUSER))
            .findAny()
            .orElse(null);
    BitSet keys = new BitSet();
    cluster.labelsOn(hsm.id()).forEach(label -> keys.set(world.materialOrOrphan(label)));
    return new HsmView(
        hsm.state() == ClusterFacts.HsmState.ACTIVE,
        user != null,
        user == null ? 0 : user.failedLogins(),
        user != null && user.locked(),
        user != null && user.loggedIn(),
        keys);
  }
}
