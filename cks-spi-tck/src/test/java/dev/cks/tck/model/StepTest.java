package dev.cks.tck.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cks.tck.model.Step.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StepTest {
  @ParameterizedTest
  @EnumSource(Kind.class)
  void step_ofAnyKind_printsAsALineThatParsesBack(Kind kind) {
    Step step = new Step(kind, 1, 2, 3, "x", Duration.ofDays(7));

    assertThat(step.toString()).doesNotContain("\n").startsWith(kind.name());
    assertThat(Step.parse(step.toString())).hasToString(step.toString());
  }

  @Test
  void parse_restoresTheComponentsThatCount() {
    Step step = Step.ofCrypto(Kind.ENCRYPT, 4, 5, "");

    assertThat(Step.parse("ENCRYPT key=4 number=5 name=")).isEqualTo(step);
  }

  @Test
  void parse_ofAnythingElse_isRefused() {
    for (String line : List.of("", "JUMP", "CONNECT", "CONNECT key=1", "CONNECT store=one")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Step.parse(line));
    }
  }

  @Test
  void history_parsesBack() {
    History history =
        new History(
            -7,
            List.of(new ClusterPlan(0, "a", 2, 3, 40, true, false)),
            Duration.ofMinutes(1),
            Arrays.stream(Kind.values()).map(k -> Step.ofStore(k, 0, "n")).toList());

    History parsed = History.parse("# a comment\n\n" + history.script());

    assertThat(parsed.script()).isEqualTo(history.script());
    assertThat(parsed.seed()).isEqualTo(-7);
    assertThat(parsed.clusters()).isEqualTo(history.clusters());
    assertThat(parsed.steps()).hasSize(Kind.values().length);
  }
}
