package dev.cks.sim;

import static dev.cks.sim.Account.A;
import static dev.cks.sim.Account.B;
import static dev.cks.sim.Account.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.service.Page;
import dev.cks.sim.api.Backup;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.RetentionPolicy;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.HsmSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BackupsTest {
  private static final BackingKeyId ID = new BackingKeyId(1, 2);
  private static final Duration DAY = Duration.ofDays(1);

  private final Account account = new Account();
  private final SimulatedCluster cluster = account.service.cluster().create();

  private List<Backup> backups() {
    return account.backups(cluster.id());
  }

  private Backup newest() {
    return backups().get(0);
  }

  private void makeKey() {
    try (HsmSession session = cluster.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD)) {
      session.generateAes256(ID, "label");
    }
  }

  @Test
  void day_passes_oneBackupMoreAndNoneWhenThereWasOne() {
    assertThat(backups()).hasSize(1);
    account.pass(DAY.minusMinutes(1));
    assertThat(backups()).hasSize(1);
    account.pass(Duration.ofMinutes(2));
    assertThat(backups()).hasSize(2);

    account.pass(Duration.ofHours(12));
    cluster.removeHsm(A);
    assertThat(backups()).hasSize(3);
    account.pass(Duration.ofHours(23));
    assertThat(backups()).hasSize(3);
    account.pass(Duration.ofHours(2));
    assertThat(backups()).hasSize(4);
  }

  @Test
  void restore_fromBackup_bringsKeysAndThenValidPasswordsBackWithTheSameLineage() {
    makeKey();
    account.pass(DAY);
    account.wait20Minutes();
    Backup backup = newest();
    cluster.deleteKey("label");
    cluster.changePassword("kmsuser", "laterPassword");

    String id = account.restored(backup.backupId());
    SimulatedCluster restored = account.service.cluster(id);
    assertThat(restored.facts().state()).isEqualTo(ClusterState.ACTIVE);
    assertThat(restored.facts().hsms()).isEmpty();
    account.hsm(id, A);
    account.hsm(id, B);

    assertThat(restored.facts().state()).isEqualTo(ClusterState.ACTIVE);
    assertThat(restored.facts().lineage()).isEqualTo(cluster.facts().lineage());
    assertThat(restored.facts().trustAnchor()).isEqualTo(cluster.facts().trustAnchor());
    assertThat(account.describe(id).certificates())
        .isEqualTo(account.describe(cluster.id()).certificates());
    assertThat(account.describe(id).sourceBackupId()).isEqualTo(backup.backupId());
    try (HsmSession session = restored.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD)) {
      assertThat(session.find(ID)).isPresent();
    }
    assertThat(restored.keysOn(B)).hasSize(1);
  }

  @Test
  void restore_fromBackupBeforeTheKey_hasNoKey() {
    Backup backup = newest();
    makeKey();

    String id = account.restored(backup.backupId());
    account.hsm(id, A);

    assertThat(account.service.cluster(id).keysOn(A)).isEmpty();
  }

  @Test
  void deleteCluster_withHsms_leavesABackupOfItsLastMoment() {
    makeKey();
    account.service.deleteCluster(cluster.id());

    String id = account.restored(newest().backupId());
    account.hsm(id, A);

    assertThat(account.service.cluster(id).keysOn(A)).hasSize(1);
  }

  @Test
  void deleteHsm_theLast_nextOneRestoresTheLastBackup() {
    makeKey();
    for (String zone : List.of("us-east-1a", "us-east-1b", "us-east-1c")) {
      cluster.removeHsm(zone);
    }

    account.hsm(cluster.id(), B);

    assertThat(cluster.keysOn(B)).hasSize(1);
  }

  @Test
  void createHsm_emptyClusterWithoutBackups_isRefused() {
    for (String zone : List.of("us-east-1a", "us-east-1b", "us-east-1c")) {
      cluster.removeHsm(zone);
    }
    backups().forEach(backup -> account.api.deleteBackup(backup.backupId(), CALLER));

    account.assertRefused(
        CloudHsmErrorCode.INVALID_REQUEST,
        () -> account.api.createHsm(new CloudHsmRequests.CreateHsm(cluster.id(), A, null), CALLER));
  }

  @Test
  void retention_sevenDays_oldOnesGoButTheNewestAndTheExempt() {
    account.api.modifyCluster(
        new CloudHsmRequests.ModifyCluster(cluster.id(), null, RetentionPolicy.days(7)), CALLER);
    String exempt = newest().backupId();
    account.api.modifyBackupAttributes(
        new CloudHsmRequests.ModifyBackupAttributes(exempt, true), CALLER);

    account.pass(Duration.ofDays(30));
    account.wait20Minutes();

    assertThat(ready()).hasSizeBetween(8, 9);
    assertThat(ready()).extracting(Backup::backupId).contains(exempt);

    account.service.deleteCluster(cluster.id());
    account.pass(Duration.ofDays(400));
    assertThat(ready()).hasSize(2); // the exempt and the newest
  }

  private List<Backup> ready() {
    return backups().stream().filter(b -> b.backupState() == BackupState.READY).toList();
  }

  @Test
  void retention_default_isNinetyDays() {
    account.pass(Duration.ofDays(200));

    Page<Backup> first = readyPage(null);
    Page<Backup> second = readyPage(first.nextMarker());
    assertThat(first.items()).hasSize(50);
    assertThat(second.items()).hasSizeBetween(40, 41).doesNotContainAnyElementsOf(first.items());
    assertThat(second.truncated()).isFalse();
  }

  private Page<Backup> readyPage(String token) {
    return account.api.describeBackups(
        new CloudHsmRequests.DescribeBackups(
            Map.of("states", List.of("READY")), null, token, null, null),
        CALLER);
  }

  @Test
  void deleteBackup_restorableForSevenDaysThenGone() {
    Backup backup = newest();
    Backup deleted = account.api.deleteBackup(backup.backupId(), CALLER);
    assertThat(deleted.backupState()).isEqualTo(BackupState.PENDING_DELETION);
    assertThat(deleted.deleteTimestamp())
        .isEqualTo(account.service.clock().now().plus(DAY.multipliedBy(7)));

    account.pass(Duration.ofDays(6));
    assertThat(account.api.restoreBackup(backup.backupId(), CALLER).backupState())
        .isEqualTo(BackupState.READY);

    account.api.deleteBackup(backup.backupId(), CALLER);
    account.pass(Duration.ofDays(8));
    account.assertRefused(
        CloudHsmErrorCode.INVALID_REQUEST,
        () -> account.api.restoreBackup(backup.backupId(), CALLER));
    account.pass(Duration.ofDays(8));
    account.assertRefused(
        CloudHsmErrorCode.RESOURCE_NOT_FOUND,
        () -> account.api.restoreBackup(backup.backupId(), CALLER));
  }

  @Test
  void copyBackupToRegion_sharedShelf_restoresThereWithTheSameLineage() {
    VirtualClock clock = new VirtualClock();
    BackupShelf shelf = new BackupShelf();
    Account home = new Account(clock, plan -> plan.shelf(shelf));
    Account away = new Account(clock, plan -> plan.shelf(shelf).scope(Account.region("us-west-2")));
    SimulatedCluster source = home.service.cluster().create();
    Backup backup = home.backups(source.id()).get(0);

    home.api.copyBackupToRegion(
        new CloudHsmRequests.CopyBackupToRegion("us-west-2", backup.backupId(), List.of()), CALLER);
    Backup copy = away.backups(source.id()).get(0);
    assertThat(copy.backupState()).isEqualTo(BackupState.CREATE_IN_PROGRESS);
    assertThat(copy.backupId()).isNotEqualTo(backup.backupId());
    assertThat(copy.sourceBackup()).isEqualTo(backup.backupId());
    assertThat(copy.sourceRegion()).isEqualTo("us-east-1");
    assertThat(copy.backupArn()).contains(":us-west-2:");
    home.wait20Minutes();
    home.service.close();

    String id = away.restored(copy.backupId());
    away.hsm(id, A);

    SimulatedCluster restored = away.service.cluster(id);
    assertThat(restored.facts().lineage()).isEqualTo(source.facts().lineage());
    restored.loginAs("kmsuser", ClusterBuilder.KMSUSER_PASSWORD).close();
    home.assertRefused(
        CloudHsmErrorCode.RESOURCE_NOT_FOUND, () -> home.api.deleteBackup(copy.backupId(), CALLER));
  }

  @Test
  void copyBackupToRegion_homeOrUnknownRegion_isRefused() {
    for (String region : List.of("us-east-1", "eu-north-1")) {
      account.assertRefused(
          CloudHsmErrorCode.INVALID_REQUEST,
          () ->
              account.api.copyBackupToRegion(
                  new CloudHsmRequests.CopyBackupToRegion(region, newest().backupId(), List.of()),
                  CALLER));
    }
  }

  @Test
  void describeBackups_filtersAndOrder() {
    account.pass(Duration.ofDays(3));
    account.wait20Minutes();
    Backup oldest = backups().get(3);
    account.api.modifyBackupAttributes(
        new CloudHsmRequests.ModifyBackupAttributes(oldest.backupId(), true), CALLER);

    assertThat(backups())
        .isSortedAccordingTo(
            (one, other) -> other.createTimestamp().compareTo(one.createTimestamp()));
    assertThat(describe(Map.of("neverExpires", List.of("true")), null))
        .extracting(Backup::backupId)
        .containsExactly(oldest.backupId());
    assertThat(describe(Map.of("backupIds", List.of(oldest.backupId(), "backup-none")), null))
        .hasSize(1);
    assertThat(describe(Map.of("sourceBackupIds", List.of(oldest.backupId())), null)).isEmpty();
    assertThat(describe(Map.of("states", List.of("PENDING_DELETION")), null)).isEmpty();
    assertThat(describe(Map.of(), true)).isEmpty();
    account.assertRefused(
        CloudHsmErrorCode.INVALID_REQUEST, () -> describe(Map.of("states", List.of("LOST")), null));
    account.assertRefused(
        CloudHsmErrorCode.INVALID_REQUEST, () -> describe(Map.of("colour", List.of("x")), null));
  }

  private List<Backup> describe(Map<String, List<String>> filters, Boolean shared) {
    return account
        .api
        .describeBackups(
            new CloudHsmRequests.DescribeBackups(filters, null, null, shared, true), CALLER)
        .items();
  }
}
