package dev.cks.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cks.sim.time.Seed;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class FaultPlanProperties {
  @Property(tries = 300)
  void script_ofADrawnPlan_parsesToItAndPrintsTheSame(@ForAll long seed) {
    FaultPlan plan = FaultPlan.drawn(Seed.of(seed));

    FaultPlan parsed = FaultPlan.script(plan.toString());

    assertThat(parsed).isEqualTo(plan);
    assertThat(parsed).hasToString(plan.toString());
    assertThat(FaultPlan.script(plan.unbounded().toString())).isEqualTo(plan.unbounded());
  }

  @Property(tries = 300)
  void script_anyTimesAndPlace_printsAsItWasWritten(
      @ForAll @IntRange(min = 1, max = 2000) int first, @ForAll @IntRange(max = 50) int more) {
    FaultRule rule =
        new FaultRule(
            Moment.BEFORE,
            new Occurrence.Range(first, first + more),
            FaultPoint.ENCRYPT,
            more % 2 == 0 ? null : "us-east-1" + (char) ('a' + more % 5),
            new Fault.ZonePartition(new Lasting.Calls(first)));

    assertThat(FaultPlan.script(rule.toString()).rules()).containsExactly(rule);
  }

  @Property(tries = 100)
  void drawn_sameSeed_isTheSamePlanAndHoldsItsBudget(@ForAll long seed) {
    FaultPlan plan = FaultPlan.drawn(Seed.of(seed));

    assertThat(FaultPlan.drawn(Seed.of(seed))).isEqualTo(plan);
    assertThat(plan.beyondBudget()).isFalse();
    assertThat(plan.rules()).isNotEmpty();
  }

  @Example
  void script_readableLines_areRules() {
    String text =
        """
        after the 2nd GENERATE_KEY at us-east-1b: answer lost
        before 1 in 40 ENCRYPT: node down for 20 calls
        during each CHANGE_PASSWORD: slow by 30 s
        before the 11th to 23rd KEY_SYNC at hsm-2abc: key sync delayed by 1500 ms""";

    assertThat(FaultPlan.script("# a comment\n\n" + text)).hasToString(text);
  }

  @Example
  void script_nonsense_isRefusedWithItsLine() {
    for (String line :
        List.of(
            "nonsense",
            "after each ENCRYPT: login refused",
            "before each ENCRYPT: answer lost",
            "before each ATTACH: node down",
            "during each ENCRYPT: node down",
            "before the 0th ENCRYPT: node down",
            "before the 5th to 2nd ENCRYPT: node down",
            "before 1 in 1 ENCRYPT: node down",
            "before each ENCRYPT: node down for 0 calls",
            "before each ENCRYPT: session lost for 3 calls",
            "before each ENCRYPT: slow by 0 s",
            "before each FLY: node down",
            "before the 99999999999th ENCRYPT: node down")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FaultPlan.script(line))
          .withMessageContaining(line);
    }
  }
}
