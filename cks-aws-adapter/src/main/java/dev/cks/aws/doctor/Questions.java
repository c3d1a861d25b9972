package dev.cks.aws.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.Hsm;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.KeyMetadata;

/** The read-only questions about key stores, clusters and keys; each reads all pages. */
final class Questions {
  private static final int KEYS_ON_A_PAGE = 1000;

  private Questions() {}

  /** All key stores, or the one with this id. */
  static Answer<List<StoreView>> stores(AwsCalls calls, @Nullable String id) {
    return calls.ask(
        Permissions.DESCRIBE_STORES,
        "DescribeCustomKeyStores" + (id == null ? "" : " CustomKeyStoreId=" + id),
        Questions::brief,
        () ->
            calls.kms.describeCustomKeyStoresPaginator(r -> r.customKeyStoreId(id)).stream()
                .flatMap(page -> page.customKeyStores().stream())
                .map(Questions::view)
                .toList());
  }

  private static String brief(List<StoreView> stores) {
    if (stores.size() != 1) {
      return stores.size() + " key stores";
    }
    StoreView store = stores.get(0);
    String code = store.connectionErrorCode();
    return "ConnectionState="
        + store.connectionState()
        + (code == null ? "" : " ConnectionErrorCode=" + code);
  }

  private static StoreView view(CustomKeyStoresListEntry entry) {
    String type = entry.customKeyStoreTypeAsString();
    return new StoreView(
        entry.customKeyStoreId(),
        Texts.orEmpty(entry.customKeyStoreName()),
        type == null ? "AWS_CLOUDHSM" : type,
        Texts.orEmpty(entry.connectionStateAsString()),
        entry.connectionErrorCodeAsString(),
        entry.cloudHsmClusterId(),
        entry.creationDate(),
        null);
  }

  /** The cluster, without its backups; empty if CloudHSM does not know it. */
  static Answer<Optional<ClusterView>> cluster(AwsCalls calls, String id) {
    return calls.ask(
        Permissions.CLUSTERS,
        "DescribeClusters clusterIds=" + id,
        Questions::brief,
        () ->
            calls
                .cloudHsm
                .describeClustersPaginator(r -> r.filters(Map.of("clusterIds", List.of(id))))
                .stream()
                .flatMap(page -> page.clusters().stream())
                .map(Questions::view)
                .findFirst());
  }

  private static String brief(Optional<ClusterView> found) {
    return found
        .map(
            cluster ->
                "State="
                    + cluster.state()
                    + ", "
                    + cluster.activeHsms().size()
                    + " of "
                    + cluster.hsms().size()
                    + " HSMs ACTIVE in "
                    + cluster.activeHsms().stream().map(ClusterView.Hsm::zone).distinct().count()
                    + " zones")
        .orElse("no such cluster");
  }

  private static ClusterView view(Cluster cluster) {
    return new ClusterView(
        cluster.clusterId(),
        Texts.orEmpty(cluster.stateAsString()),
        cluster.hsms().stream().map(Questions::view).toList(),
        cluster.subnetMapping(),
        cluster.hsmType(),
        cluster.securityGroup(),
        cluster.sourceBackupId(),
        List.of());
  }

  private static ClusterView.Hsm view(Hsm hsm) {
    return new ClusterView.Hsm(
        hsm.hsmId(), Texts.orEmpty(hsm.availabilityZone()), Texts.orEmpty(hsm.stateAsString()));
  }

  /** Clusters that were made from a backup, whether or not somebody uses them. */
  static Answer<List<ClusterView>> clusters(AwsCalls calls) {
    return calls.ask(
        Permissions.CLUSTERS,
        "DescribeClusters",
        clusters -> clusters.size() + " clusters",
        () ->
            calls.cloudHsm.describeClustersPaginator(r -> {}).stream()
                .flatMap(page -> page.clusters().stream())
                .map(Questions::view)
                .toList());
  }

  /** The backups that match a filter of DescribeBackups, the newest first. */
  static Answer<List<ClusterView.BackupView>> backups(AwsCalls calls, String filter, String value) {
    return calls.ask(
        Permissions.BACKUPS,
        "DescribeBackups " + filter + "=" + value,
        backups -> backups.size() + " backups",
        () ->
            calls
                .cloudHsm
                .describeBackupsPaginator(r -> r.filters(Map.of(filter, List.of(value))))
                .stream()
                .flatMap(page -> page.backups().stream())
                .map(Questions::view)
                .sorted((one, other) -> other.created().compareTo(one.created()))
                .toList());
  }

  private static ClusterView.BackupView view(Backup backup) {
    return new ClusterView.BackupView(
        backup.backupId(),
        Texts.orEmpty(backup.clusterId()),
        Texts.orEmpty(backup.backupStateAsString()),
        backup.createTimestamp());
  }

  /** One key. */
  static Answer<KeyView> key(AwsCalls calls, String id) {
    return calls.ask(
        Permissions.DESCRIBE_KEY,
        "DescribeKey KeyId=" + id,
        key -> "KeyState=" + key.state(),
        () -> view(calls.kms.describeKey(r -> r.keyId(id)).keyMetadata()));
  }

  private static KeyView view(KeyMetadata key) {
    return new KeyView(
        key.keyId(),
        key.arn(),
        Texts.orEmpty(key.keyStateAsString()),
        key.customKeyStoreId(),
        key.creationDate(),
        key.deletionDate(),
        null);
  }

  /** The ids of all keys of the account, page by page; how many there were. */
  static Answer<Long> keyIds(AwsCalls calls, Consumer<String> each) {
    return calls.ask(
        Permissions.LIST_KEYS,
        "ListKeys",
        count -> count + " keys",
        () ->
            calls.kms.listKeysPaginator(r -> r.limit(KEYS_ON_A_PAGE)).stream()
                .mapToLong(
                    page -> {
                      page.keys().stream().map(KeyListEntry::keyId).forEach(each);
                      return page.keys().size();
                    })
                .sum());
  }
}
