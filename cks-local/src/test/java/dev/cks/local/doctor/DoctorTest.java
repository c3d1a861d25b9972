package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.PlanRun;
import org.junit.jupiter.api.Test;

/** What a doctor is used like. */
final class DoctorTest {

  @Test
  void healthyStore_hasNoFindingThatIsUrgent() {
    try (Clinic clinic = new Clinic()) {
      Diagnosis diagnosis = clinic.doctor().examine(clinic.store);

      assertThat(diagnosis.isHealthy()).as(diagnosis.toString()).isTrue();
      assertThat(diagnosis.limitations()).isEmpty();
      assertThat(diagnosis.keys().total()).isOne();
    }
  }

  @Test
  void disconnectedStore_isFoundAndReconnected() {
    try (Clinic clinic = new Clinic()) {
      clinic.disconnect();

      Finding first = clinic.doctor().examine(clinic.store).first().orElseThrow();
      assertThat(first.condition()).isEqualTo(Condition.KEY_STORE_DISCONNECTED);
      assertThat(first.cause()).contains("arn:aws:iam::111122223333:root disconnected it");

      PlanRun rehearsal = first.remedy().orElseThrow().apply(Consent.dryRun());
      assertThat(rehearsal.status()).isEqualTo(PlanRun.Status.DRY_RUN);
      assertThat(clinic.connection()).isEqualTo("DISCONNECTED");

      PlanRun run = first.remedy().orElseThrow().apply(Consent.given());
      assertThat(run.status()).as(run.describe()).isEqualTo(PlanRun.Status.DONE);
      assertThat(clinic.connection()).isEqualTo("CONNECTED");
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }
}
