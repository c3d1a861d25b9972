package dev.cks.sim.api;

/**
 * How long a cluster's backups are kept.
 *
 * @param type {@code DAYS}
 * @param value {@code "7"} to {@code "379"}
 */
public record RetentionPolicy(String type, String value) {
  /** So many days. */
  public static RetentionPolicy days(int days) {
    return new RetentionPolicy("DAYS", Integer.toString(days));
  }
}
