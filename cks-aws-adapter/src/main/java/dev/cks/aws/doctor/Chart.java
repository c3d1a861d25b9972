package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.BackupView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was seen of one key store: what the rules decide on.
 *
 * @param clusterSeen whether CloudHSM answered; then no cluster means that there is none
 * @param backupsSeen the same for backups, which are those of the cluster's whole family
 * @param asked the key that was asked for; null where the key store was
 * @param storeTrial whether KMS reaches the cluster
 * @param keyTrials whether keys that look usable are
 * @param inventory the key objects in the cluster, if anybody knows them
 * @param uses when a key last worked; asks KMS, which only few keys are worth
 */
record Chart(
    StoreView store,
    List<Evidence> storeEvidence,
    boolean clusterSeen,
    List<Evidence> clusterEvidence,
    boolean backupsSeen,
    List<BackupView> backups,
    List<Evidence> backupEvidence,
    History history,
    Survey survey,
    @Nullable KeyView asked,
    Trial.Result storeTrial,
    Map<KeyView, Trial.Result> keyTrials,
    Optional<List<KeyInventory.KeyObject>> inventory,
    Function<KeyView, KeyUse> uses) {

  Optional<ClusterView> cluster() {
    return Optional.ofNullable(store.cluster()).filter(ClusterView::exists);
  }

  /** CloudHSM says that there is no such cluster. */
  boolean clusterIsGone() {
    return clusterSeen && cluster().isEmpty();
  }

  String clusterId() {
    return Texts.orEmpty(store.clusterId());
  }

  List<Evidence> storeAndCluster() {
    List<Evidence> both = new ArrayList<>(storeEvidence);
    both.addAll(clusterEvidence);
    return both;
  }

  List<Evidence> clusterAndBackups() {
    List<Evidence> both = new ArrayList<>(storeAndCluster());
    both.addAll(backupEvidence);
    return both;
  }
}
