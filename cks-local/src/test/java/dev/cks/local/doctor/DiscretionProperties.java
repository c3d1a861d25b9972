package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.PlanRun;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/** Whatever is wrong: no password and no plaintext is in anything that a doctor says. */
class DiscretionProperties {

  @Property(tries = 12, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void nothingThatTheDoctorSays_holdsASecret(@ForAll Trouble trouble, @ForAll boolean older) {
    List<String> said = new ArrayList<>();
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);
      for (String id : List.of(clinic.store, clinic.key)) {
        Diagnosis diagnosis = clinic.builder().olderTools(older).build().examine(id);
        said.add(diagnosis.toString());
        for (Finding finding : diagnosis.findings()) {
          finding.remedy().ifPresent(plan -> carryOut(plan, said));
        }
      }
      said.add(clinic.doctor().explain(clinic.key).text());
      clinic.hands.done().forEach(task -> said.add(task.toString()));
    }
    for (String secret : Clinic.secrets()) {
      String encoded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(said).noneMatch(text -> text.contains(secret) || text.contains(encoded));
    }
  }

  private static void carryOut(Plan plan, List<String> said) {
    said.add(plan.describe());
    PlanRun run = plan.apply(Consent.given());
    said.add(run.describe());
    said.add(run.results().toString());
  }
}
