package dev.cks.tck.model;

/**
 * A cluster that a history begins with.
 *
 * @param number its number, and that of the key store that is created on it
 * @param lineage names its backup history
 * @param zones how many Availability Zones it has, with a subnet in each
 * @param hsms how many HSMs, dealt out over the zones
 * @param keyLimit how many keys it can hold
 * @param active whether CloudHSM reports it as active
 * @param trusting whether it lets everybody in, as a simple test double does
 */
public record ClusterPlan(
    int number,
    String lineage,
    int zones,
    int hsms,
    int keyLimit,
    boolean active,
    boolean trusting) {

  /** The password that {@code kmsuser} and a new key store have at first. */
  public static final String FIRST_PASSWORD = "first";

  /** Two HSMs that let everybody in. */
  public static ClusterPlan trusting(int number, String lineage) {
    return new ClusterPlan(number, lineage, 2, 2, Integer.MAX_VALUE, true, true);
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the line is no plan
   */
  public static ClusterPlan parse(String line) {
    String[] words = line.strip().split(" ", -1);
    if (words.length != 8 || !words[0].equals("cluster")) {
      throw new IllegalArgumentException("not a cluster: " + line);
    }
    return new ClusterPlan(
        Integer.parseInt(words[1]),
        words[2],
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        Boolean.parseBoolean(words[6]),
        Boolean.parseBoolean(words[7]));
  }

  /** One line: the word {@code cluster} and the components in their order. */
  @Override
  public String toString() {
    return "cluster "
        + number
        + " "
        + lineage
        + " "
        + zones
        + " "
        + hsms
        + " "
        + keyLimit
        + " "
        + active
        + " "
        + trusting;
  }
}
