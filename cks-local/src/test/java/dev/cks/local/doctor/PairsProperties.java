package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/** Two troubles at once that leave a good copy: one of them is named first, and rounds end. */
class PairsProperties {
  private static final int ROUNDS = 4;

  @Property(tries = 25, generation = GenerationMode.RANDOMIZED, edgeCases = EdgeCasesMode.NONE)
  void twoTroubles_areRepairedWithinFourRounds(@ForAll Trouble one, @ForAll Trouble other) {
    repaired(one, other);
  }

  static void repaired(Trouble one, Trouble other) {
    try (Clinic clinic = new Clinic()) {
      Set<Condition> expected = EnumSet.noneOf(Condition.class);
      for (Trouble trouble : List.of(one, other)) {
        if (happens(trouble, clinic)) {
          expected.addAll(trouble.shownAs());
        }
      }
      List<String> told = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        Diagnosis diagnosis = clinic.doctor().examine(clinic.key);
        if (diagnosis.isHealthy()) {
          break;
        }
        told.add(diagnosis.first().orElseThrow().condition().name());
        if (round == 1) {
          assertThat(diagnosis.first().orElseThrow().condition())
              .as("%s, %s: %s", one, other, diagnosis)
              .isIn(expected);
        }
        told.add(
            diagnosis
                .first()
                .orElseThrow()
                .remedy()
                .orElseThrow()
                .apply(Consent.given())
                .describe());
      }
      assertThat(clinic.doctor().examine(clinic.key).isHealthy())
          .as("%s, %s: %s", one, other, told)
          .isTrue();
      assertThat(clinic.connection()).isEqualTo("CONNECTED");
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  /** The first trouble may leave nothing for the second one to happen to. */
  private static boolean happens(Trouble trouble, Clinic clinic) {
    try {
      trouble.happenTo(clinic);
      return true;
    } catch (RuntimeException impossible) {
      return false;
    }
  }
}
