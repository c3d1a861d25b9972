package dev.cks.aws.doctor;

import dev.cks.aws.doctor.ClusterView.BackupView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The backups that a key store's cluster can be replaced from: its own, those of the clusters that
 * it descends from, and those of every cluster that the key store had, for KMS lets only relatives
 * in (spec A.3).
 *
 * @param seen whether CloudHSM answered
 * @param backups the newest first
 */
record Family(boolean seen, List<BackupView> backups, List<Evidence> evidence) {
  private static final int GENERATIONS = 8;

  static Family of(
      AwsCalls calls,
      StoreView store,
      Optional<ClusterView> cluster,
      History history,
      Consumer<String> limitations) {
    Deque<String> waiting = new ArrayDeque<>(clusters(store, history));
    cluster
        .map(ClusterView::sourceBackupId)
        .flatMap(source -> clusterOf(calls, source))
        .ifPresent(waiting::add);
    Set<String> asked = new LinkedHashSet<>();
    List<BackupView> backups = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    boolean seen = false;
    while (!waiting.isEmpty() && asked.size() < GENERATIONS) {
      String id = waiting.remove();
      if (!asked.add(id)) {
        continue;
      }
      Answer<List<BackupView>> answer = Questions.backups(calls, "clusterIds", id);
      if (answer instanceof Answer.Got<List<BackupView>> got) {
        seen = true;
        backups.addAll(got.value());
        evidence.add(got.evidence());
        ancestor(calls, id).ifPresent(waiting::add);
      } else if (answer instanceof Answer.Unseen<List<BackupView>> unseen) {
        limitations.accept(unseen.sentence());
        break;
      }
    }
    backups.sort(Comparator.comparing(BackupView::created).reversed());
    return new Family(seen, List.copyOf(backups), List.copyOf(evidence));
  }

  /** The cluster of now, and those of the past. */
  private static Set<String> clusters(StoreView store, History history) {
    Set<String> ids = new LinkedHashSet<>();
    ids.add(Texts.orEmpty(store.clusterId()));
    for (String name : List.of("UpdateCustomKeyStore", "CreateCustomKeyStore")) {
      history.ofStore(name, store.id()).stream()
          .filter(TrailEvent::succeeded)
          .flatMap(event -> event.cluster().stream())
          .forEach(ids::add);
    }
    ids.remove("");
    return ids;
  }

  private static Optional<String> ancestor(AwsCalls calls, String clusterId) {
    return Questions.cluster(calls, clusterId)
        .found()
        .flatMap(found -> found)
        .map(ClusterView::sourceBackupId)
        .flatMap(source -> clusterOf(calls, source));
  }

  private static Optional<String> clusterOf(AwsCalls calls, String backupId) {
    return Questions.backups(calls, "backupIds", backupId)
        .found()
        .flatMap(found -> found.stream().findFirst())
        .map(BackupView::clusterId);
  }
}
