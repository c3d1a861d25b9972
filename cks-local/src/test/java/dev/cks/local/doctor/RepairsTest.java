package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.PlanRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trouble: named first, and repaired by the plan that comes with it. */
final class RepairsTest {

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void trouble_isNamedFirst_andItsPlanRepairsIt(Trouble trouble) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);

      Diagnosis diagnosis = clinic.doctor().examine(clinic.key);
      Finding first = diagnosis.first().orElseThrow();
      assertThat(first.condition()).as(diagnosis.toString()).isEqualTo(trouble.expected);
      assertThat(first.evidence()).isNotEmpty();

      PlanRun run = first.remedy().orElseThrow().apply(Consent.given());
      assertThat(run.status()).as(run.describe()).isEqualTo(PlanRun.Status.DONE);
      assertThat(clinic.connection()).isEqualTo("CONNECTED");
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
      assertThat(clinic.doctor().examine(clinic.key).isHealthy()).isTrue();
    }
  }
}
