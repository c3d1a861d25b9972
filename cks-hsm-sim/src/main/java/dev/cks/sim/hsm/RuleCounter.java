package dev.cks.sim.hsm;

import dev.cks.sim.fault.FaultRule;
import dev.cks.sim.fault.Occurrence;
import dev.cks.sim.time.SeededStream;
import org.jspecify.annotations.Nullable;

/** A rule, and how often its moment has come up. Used under the fleet's monitor. */
final class RuleCounter {
  private static final double FIFTY_THREE_BITS = 1.0 / (1L << 53);

  private final FaultRule rule;
  private final SeededStream chance;
  private long times;

  /** The next time that chance strikes: one draw a strike, not one each time. */
  private long next;

  RuleCounter(FaultRule rule, SeededStream chance) {
    this.rule = rule;
    this.chance = chance;
    this.next = rule.occurrence() instanceof Occurrence.OneIn one ? gap(one) : 0;
  }

  FaultRule rule() {
    return rule;
  }

  boolean concerns(@Nullable HsmNode node) {
    String place = rule.place();
    return place == null
        || (node != null && (place.equals(node.id()) || place.equals(node.zone())));
  }

  /** The moment has come up once more. */
  boolean isHit() {
    times++;
    Occurrence occurrence = rule.occurrence();
    if (occurrence instanceof Occurrence.Range range) {
      return times >= range.first() && times <= range.last();
    }
    if (occurrence instanceof Occurrence.OneIn one) {
      if (times < next) {
        return false;
      }
      next = times + gap(one);
    }
    return true;
  }

  /** How many times until chance strikes, if each time it does so once in {@code times}. */
  private long gap(Occurrence.OneIn one) {
    double uniform = 1 - (chance.nextLong() >>> 11) * FIFTY_THREE_BITS; // in (0, 1]
    return 1 + (long) (StrictMath.log(uniform) / StrictMath.log1p(-1.0 / one.times()));
  }
}
