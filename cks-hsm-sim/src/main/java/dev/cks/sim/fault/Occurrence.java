package dev.cks.sim.fault;

/** Which of the times that a moment comes up are struck. Prints as scripts write it. */
public sealed interface Occurrence {

  /** Every time. */
  Occurrence EACH = new Each();

  /** See {@link #EACH}. */
  record Each() implements Occurrence {
    @Override
    public String toString() {
      return "each";
    }
  }

  /**
   * From the one time to the other, both included, counted from 1.
   *
   * @param first at least 1
   * @param last not before {@code first}
   */
  record Range(int first, int last) implements Occurrence {
    public Range {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no such times: " + first + " to " + last);
      }
    }

    @Override
    public String toString() {
      return "the " + ordinal(first) + (first == last ? "" : " to " + ordinal(last));
    }
  }

  /**
   * Each time with the same chance, under the seed.
   *
   * @param times on average once in so many times; at least 2
   */
  record OneIn(int times) implements Occurrence {
    public OneIn {
      if (times < 2) {
        throw new IllegalArgumentException("1 in " + times + " is each");
      }
    }

    @Override
    public String toString() {
      return "1 in " + times;
    }
  }

  /** The {@code number}th time only. */
  static Occurrence nth(int number) {
    return new Range(number, number);
  }

  private static String ordinal(int number) {
    int ones = number % 10;
    boolean teen = number % 100 / 10 == 1;
    String ending = teen ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
    return number + ending;
  }
}
