package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.PlanRun;
import dev.cks.local.SimulatedAws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's recipe, and the proof that the README shows this very code. */
final class DiagnoseRecipeTest {
  private static final Path ROOT = Path.of(System.getProperty("cks.root", ".."));

  @Test
  void diagnose_andRepair() {
    // tag::diagnose
    try (SimulatedAws aws = SimulatedAws.create()) {
      aws.kms().disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));

      Doctor doctor = aws.doctor(); // for a real account: Doctor.of(kms, cloudHsm, cloudTrail)
      Finding first = doctor.examine(aws.keyStoreId()).first().orElseThrow();
      assertThat(first.condition()).isEqualTo(Condition.KEY_STORE_DISCONNECTED);

      Plan plan = first.remedy().orElseThrow();
      assertThat(plan.describe())
          .contains("1. Disconnect the key store", "2. Connect the key store");
      assertThat(plan.apply(Consent.dryRun()).status()).isEqualTo(PlanRun.Status.DRY_RUN);
      assertThat(plan.apply(Consent.given()).status()).isEqualTo(PlanRun.Status.DONE);
      assertThat(doctor.examine(aws.keyStoreId()).isHealthy()).isTrue();
    }
    // end::diagnose
  }

  @Test
  void readme_showsTheRecipe() throws IOException {
    String source =
        Files.readString(
            ROOT.resolve("cks-local/src/test/java/dev/cks/local/doctor/DiagnoseRecipeTest.java"));
    String compiled = between(source, "// tag::diagnose\n", "    // end::diagnose");

    assertThat(Files.readString(ROOT.resolve("README.md"))).contains(compiled.indent(-4));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
