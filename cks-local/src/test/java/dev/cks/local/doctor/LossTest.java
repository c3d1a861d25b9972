package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Explanation;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;

/** What is lost is said first, and nothing is proposed but what is left. */
final class LossTest {

  private static Finding loss(Clinic clinic, String id, Condition condition) {
    Diagnosis diagnosis = clinic.doctor().examine(id);
    Finding first = diagnosis.first().orElseThrow();
    assertThat(first.condition()).as(diagnosis.toString()).isEqualTo(condition);
    assertThat(first.kind()).isEqualTo(Kind.LOSS);
    assertThat(first.remedy()).isEmpty();
    assertThat(first.stillExists()).isNotEmpty();
    return first;
  }

  private static void deleteBackups(Clinic clinic) {
    clinic.cloudHsm.describeBackups(r -> {}).backups().stream()
        .map(Backup::backupId)
        .forEach(id -> clinic.cloudHsm.deleteBackup(r -> r.backupId(id)));
  }

  @Test
  void clusterAndBackupsGone_clusterLost() {
    try (Clinic clinic = new Clinic()) {
      Trouble.CLUSTER_DELETED.happenTo(clinic);
      deleteBackups(clinic);

      Finding loss = loss(clinic, clinic.store, Condition.CLUSTER_LOST);

      assertThat(loss.cause()).contains("There is no backup of it");
      assertThat(loss.stillExists())
          .anyMatch(left -> left.contains("pending deletion: RestoreBackup takes it back"));
    }
  }

  @Test
  void materialDeletedAndBackupsTooOld_materialLost() {
    try (Clinic clinic = new Clinic()) {
      String late = clinic.newKey();
      clinic.encrypt(late);
      clinic.cluster().deleteKey(late);

      Finding loss = loss(clinic, late, Condition.MATERIAL_LOST);

      assertThat(loss.cause()).contains("No backup that can be restored was made between");
    }
  }

  @Test
  void materialLost_besideSomethingRepairable_isSaidFirst() {
    try (Clinic clinic = new Clinic()) {
      String late = clinic.newKey();
      clinic.cluster().deleteKey(late);
      Trouble.MATERIAL_DELETED.happenTo(clinic);

      Diagnosis diagnosis = clinic.doctor().examine(clinic.store);

      assertThat(diagnosis.findings())
          .extracting(Finding::condition)
          .startsWith(Condition.MATERIAL_LOST, Condition.MATERIAL_MISSING);
    }
  }

  @Test
  void deletedKey_isLost_andSomebodyScheduledIt() {
    try (Clinic clinic = new Clinic()) {
      Trouble.KEY_SCHEDULED.happenTo(clinic);
      clinic.aws.clock().advance(Duration.ofDays(8));

      Finding loss = loss(clinic, clinic.key, Condition.KEY_DELETED);
      assertThat(loss.cause()).contains("cannot be undone");

      Explanation explanation = clinic.doctor().explain(clinic.key);
      assertThat(explanation.text())
          .contains("the KMS key was deleted when its window ended")
          .contains("arn:aws:iam::111122223333:root called ScheduleKeyDeletion");
    }
  }

  @Test
  void unknownKey_isNotCalledALoss() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          clinic.doctor().examine("11111111-2222-3333-4444-555555555555").first().orElseThrow();

      assertThat(first.condition()).isEqualTo(Condition.KEY_NOT_FOUND);
      assertThat(first.kind()).isEqualTo(Kind.BY_HANDS);
    }
  }
}
