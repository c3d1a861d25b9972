package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a list that fails shorter while it still fails: leaves out halves, then quarters, down to
 * single elements, until none can be left out any more (delta debugging). Not thread-safe.
 */
public final class Shrinker {
  private final int tries;

  /** Gives up making it shorter after this many tries. */
  public Shrinker(int tries) {
    this.tries = tries;
  }

  /**
   * A part of {@code failing}, in its order, for which {@code fails} still holds.
   *
   * @param fails true for {@code failing}; asked with shorter lists, always from a fresh start
   */
  public <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> best = List.copyOf(failing);
    int left = tries;
    int chunk = Math.max(1, best.size() / 2);
    boolean shorter = false;
    for (int from = 0; left > 0; left--) {
      if (from >= best.size()) { // a round has ended
        if (chunk == 1 && !shorter) {
          break;
        }
        chunk = Math.max(1, chunk / 2);
        from = 0;
        shorter = false;
      }
      List<T> candidate = without(best, from, chunk);
      if (candidate.size() < best.size() && fails.test(candidate)) {
        best = candidate;
        shorter = true;
      } else {
        from += chunk;
      }
    }
    return best;
  }

  private static <T> List<T> without(List<T> list, int from, int count) {
    List<T> rest = new ArrayList<>(list.subList(0, from));
    rest.addAll(list.subList(Math.min(list.size(), from + count), list.size()));
    return rest;
  }
}
