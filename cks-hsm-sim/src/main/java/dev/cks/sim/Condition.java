package dev.cks.sim;

import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What calls change of a cluster.
 *
 * @param state as stored; {@link SimulatedCluster#state} derives what is shown
 * @param family certificates, trust anchor and type
 * @param retentionDays how long backups are kept
 * @param rollbackUntil until when a change of the type can be taken back
 */
record Condition(
    ClusterState state, Family family, int retentionDays, @Nullable Instant rollbackUntil) {

  Condition in(ClusterState newState) {
    return new Condition(newState, family, retentionDays, rollbackUntil);
  }

  Condition of(Family newFamily) {
    return new Condition(state, newFamily, retentionDays, rollbackUntil);
  }

  Condition keeping(int days) {
    return new Condition(state, family, days, rollbackUntil);
  }

  Condition typed(String hsmType, @Nullable Instant newRollbackUntil) {
    Family typed =
        new Family(
            family.lineage(), family.trustAnchor(), family.certificates(), hsmType, family.mode());
    return new Condition(state, typed, retentionDays, newRollbackUntil);
  }
}
