package dev.cks.sim;

import dev.cks.service.Page;
import dev.cks.sim.api.Backup;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.Tag;
import dev.cks.sim.backup.StoredBackup;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lists of the API. Called under the service's lock. */
final class DescribeOperations {
  private static final Set<String> STATES = names(ClusterState.values());
  private static final Set<String> BACKUP_STATES = names(BackupState.values());

  private final SimulatedCloudHsm service;
  private final ClusterOperations clusters;

  DescribeOperations(SimulatedCloudHsm service, ClusterOperations clusters) {
    this.service = service;
    this.clusters = clusters;
  }

  private static Set<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name).collect(Collectors.toUnmodifiableSet());
  }

  Page<Cluster> clusters(CloudHsmRequests.DescribeClusters request) {
    Filters filters =
        Filters.of(request.filters(), Set.of("clusterIds", "vpcIds", "states"))
            .closed("states", STATES);
    List<SimulatedCluster> shown =
        Stream.concat(
                service.clusters().stream(),
                service.tombstones().shown(service.clock().now()).stream())
            .filter(cluster -> filters.fit("clusterIds", cluster.id()))
            .filter(cluster -> filters.fit("vpcIds", cluster.site().vpcId()))
            .filter(cluster -> filters.fit("states", cluster.state().name()))
            .sorted(Comparator.comparing(DescribeOperations::place))
            .toList();
    Page<SimulatedCluster> page =
        new Pages("DescribeClusters", 25, false)
            .cut(shown, DescribeOperations::place, request.maxResults(), request.nextToken());
    return new Page<>(page.items().stream().map(clusters::describe).toList(), page.nextMarker());
  }

  private static String place(SimulatedCluster cluster) {
    return place(cluster.site().created(), cluster.id());
  }

  private static String place(Instant created, String id) {
    return String.format(Locale.ROOT, "%015d|%s", created.toEpochMilli(), id);
  }

  Page<Backup> backups(CloudHsmRequests.DescribeBackups request) {
    Filters filters =
        Filters.of(
                request.filters(),
                Set.of("backupIds", "sourceBackupIds", "clusterIds", "states", "neverExpires"))
            .closed("states", BACKUP_STATES)
            .closed("neverExpires", Set.of("true", "false"));
    boolean ascending = Boolean.TRUE.equals(request.sortAscending());
    Instant now = service.clock().now();
    List<Backup> shown = new ArrayList<>();
    if (!Boolean.TRUE.equals(request.shared())) {
      service.vault().all().stream()
          .map((StoredBackup backup) -> backup.describe(now))
          .filter(backup -> fit(filters, backup))
          .forEach(shown::add);
    }
    if (!ascending) {
      Collections.reverse(shown);
    }
    return new Pages("DescribeBackups", 50, !ascending)
        .cut(
            shown,
            backup -> place(backup.createTimestamp(), backup.backupId()),
            request.maxResults(),
            request.nextToken());
  }

  private static boolean fit(Filters filters, Backup backup) {
    return filters.fit("backupIds", backup.backupId())
        && filters.fit("sourceBackupIds", String.valueOf(backup.sourceBackup()))
        && filters.fit("clusterIds", backup.clusterId())
        && filters.fit("states", backup.backupState().name())
        && filters.fit("neverExpires", Boolean.toString(backup.neverExpires()));
  }

  Page<Tag> tags(List<Tag> all, CloudHsmRequests.ListTags request) {
    return new Pages("ListTags|" + request.resourceId(), 100, false)
        .cut(all, Tag::key, request.maxResults(), request.nextToken());
  }
}
