package dev.cks.testkit.simulation;

import dev.cks.tck.model.History;
import dev.cks.tck.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a history that fails shorter where steps matter for nothing but the time that passes
 * meanwhile: halves, then quarters, down to single steps are replaced by an ADVANCE that takes as
 * long, to the millisecond.
 */
final class TimeKeeping {
  private final History world;
  private final int everything;
  private int tries;

  TimeKeeping(History world, int everything, int tries) {
    this.world = world;
    this.everything = everything;
    this.tries = tries;
  }

  /** What is left of {@code failing}; {@code fails} still holds for it. */
  List<Step> shrink(List<Step> failing, Predicate<List<Step>> fails) {
    List<Step> best = failing;
    for (int chunk = best.size() / 2; chunk > 1 && tries > 0; chunk = chunk / 2) {
      for (int from = 0; from + chunk <= best.size() && tries > 0; tries--) {
        List<Step> candidate = replaced(best, from, from + chunk);
        if (fails.test(candidate)) {
          best = candidate;
          from++;
        } else {
          from += chunk;
        }
      }
    }
    return best;
  }

  /** The step itself takes time too, since everything is looked at after it. */
  private List<Step> replaced(List<Step> steps, int from, int to) {
    Duration all = elapsed(steps, from, to);
    Duration own = elapsed(with(steps, from, to, Duration.ZERO), from, from + 1);
    Duration rest = all.minus(own);
    return with(steps, from, to, rest.isNegative() ? Duration.ZERO : rest);
  }

  private Duration elapsed(List<Step> steps, int from, int to) {
    List<Instant> begins = HistoryRun.begins(world.with(steps), everything);
    return to < begins.size() ? Duration.between(begins.get(from), begins.get(to)) : Duration.ZERO;
  }

  private static List<Step> with(List<Step> steps, int from, int to, Duration time) {
    List<Step> changed = new ArrayList<>(steps.subList(0, from));
    changed.add(Step.advance(time));
    changed.addAll(steps.subList(to, steps.size()));
    return changed;
  }
}
