package dev.cks.sim.fault;

import dev.cks.sim.time.Seed;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is to go wrong: rules that somebody wrote, or that were drawn from a seed. It keeps to a
 * budget: a strike is withheld unless two active, reachable HSMs in two Availability Zones remain,
 * and every acknowledged key on two such; whether HSMs are missing by an earlier strike or by an
 * operator's hand makes no difference. Immutable.
 *
 * @param rules in the order in which they are asked; the first one that strikes wins
 * @param beyondBudget whether the budget is ignored
 */
public record FaultPlan(List<FaultRule> rules, boolean beyondBudget) {
  static final String BEYOND_BUDGET = "beyond budget";

  public FaultPlan {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a plan: one rule a line, blank lines and lines that begin with {@code #} left out. The
   * line {@code beyond budget} lifts the budget.
   *
   * <pre>
   * after the 2nd GENERATE_KEY at us-east-1b: answer lost
   * before 1 in 40 ENCRYPT: node down for 20 calls
   * during each CHANGE_PASSWORD: slow by 30 s
   * </pre>
   *
   * @throws IllegalArgumentException with the line that makes no sense
   */
  public static FaultPlan script(String text) {
    return FaultScript.parse(text);
  }

  /**
   * Draws a plan: each seed picks its own few kinds of faults, places and rates.
   *
   * @param seed where the draws come from; drawing again gives another plan
   */
  public static FaultPlan drawn(Seed seed) {
    return new PlanDraw(seed.stream("fault-plan")).plan();
  }

  /** The same rules without a budget: keys can be lost. */
  public FaultPlan unbounded() {
    return new FaultPlan(rules, true);
  }

  /** The plan as {@link #script} reads it. */
  @Override
  public String toString() {
    String lines = rules.stream().map(FaultRule::toString).collect(Collectors.joining("\n"));
    return beyondBudget ? BEYOND_BUDGET + "\n" + lines : lines;
  }
}
