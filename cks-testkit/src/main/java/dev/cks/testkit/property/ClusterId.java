package dev.cks.testkit.property;

/**
 * The id of a CloudHSM cluster, for example {@code cluster-1a23b4cdefg}; a type of its own, so that
 * a property can ask for one.
 *
 * @param value as CloudHSM spells it: {@code cluster-} and 11 to 16 of {@code a-z A-Z 2-7}
 */
public record ClusterId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
