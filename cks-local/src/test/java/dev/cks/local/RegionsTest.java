package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmInvalidRequestException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** One account in several Regions. */
class RegionsTest {
  private final SimulatedAws home = SimulatedAws.create();

  @AfterEach
  void close() {
    home.close();
  }

  @Test
  void aRegionIsThereOnceAndIsItself() {
    SimulatedAws away = home.inRegion("eu-west-1");
    assertThat(home.inRegion("eu-west-1")).isSameAs(away);
    assertThat(away.inRegion("us-east-1")).isSameAs(home);
    assertThat(away.scope().region()).isEqualTo("eu-west-1");
    assertThat(away.scope().accountId()).isEqualTo(home.scope().accountId());
    assertThat(away.cluster().id()).isNotEqualTo(home.cluster().id());
    assertThat(away.keyStoreId()).isNotEqualTo(home.keyStoreId());
  }

  @Test
  void keysTrailAndTimeAreTheRegionsOwn() {
    SimulatedAws away = home.inRegion("eu-west-1");
    String arn = home.kms().createKey().keyMetadata().arn();
    assertThatThrownBy(() -> away.kms().describeKey(r -> r.keyId(arn)))
        .isInstanceOf(NotFoundException.class);
    home.clock().advance(Duration.ofDays(1));
    assertThat(away.clock().now()).isBefore(home.clock().now());
    assertThat(home.cloudTrail().lookupEvents(r -> {}).events()).hasSize(3);
    assertThat(away.cloudTrail().lookupEvents(r -> {}).events()).hasSize(3);
  }

  @Test
  void backupsAreCopiedBetweenRegions() {
    CloudHsmV2Client here = home.cloudHsmV2();
    String backupId = here.describeBackups().backups().get(0).backupId();
    assertThatThrownBy(
            () -> here.copyBackupToRegion(r -> r.backupId(backupId).destinationRegion("eu-west-1")))
        .isInstanceOf(CloudHsmInvalidRequestException.class);
    CloudHsmV2Client there = home.inRegion("eu-west-1").cloudHsmV2();
    here.copyBackupToRegion(r -> r.backupId(backupId).destinationRegion("eu-west-1"));
    home.inRegion("eu-west-1").clock().advance(Duration.ofHours(1));
    assertThat(there.describeBackups().backups())
        .extracting(Backup::sourceBackup)
        .contains(backupId);
  }

  @Test
  void aClosedRegionCanBeAskedForAgain() {
    SimulatedAws away = home.inRegion("eu-west-1");
    away.close();
    assertThat(home.inRegion("eu-west-1")).isNotSameAs(away);
    assertThat(home.inRegion("eu-west-1").kms().listKeys().keys()).isEmpty();
  }

  @Test
  void resetBeginsAgainWithTheSameIdsAndTheSameClients() {
    KmsClient kms = home.kms();
    try (KmsClient built = home.configure(KmsClient.builder()).build()) {
      String store = home.keyStoreId();
      String cluster = home.cluster().id();
      String keyId = kms.createKey().keyMetadata().keyId();
      String backup = home.cloudHsmV2().describeBackups().backups().get(0).backupId();
      home.clock().advance(Duration.ofDays(3));
      home.reset();
      assertThat(built.createKey().keyMetadata().keyId()).isEqualTo(keyId);
      assertThat(home.keyStoreId()).isEqualTo(store);
      assertThat(home.cluster().id()).isEqualTo(cluster);
      assertThat(kms.listKeys().keys()).hasSize(1);
      assertThat(home.cloudTrail().lookupEvents(r -> {}).events()).hasSize(4);
      assertThat(home.kmsThroughSdk().listKeys().keys()).hasSize(1);
      assertThat(home.kmsAsync().listKeys().join().keys()).hasSize(1);
      assertThat(home.cloudHsmV2().describeBackups().backups())
          .extracting(Backup::backupId)
          .containsExactly(backup);
    }
  }
}
