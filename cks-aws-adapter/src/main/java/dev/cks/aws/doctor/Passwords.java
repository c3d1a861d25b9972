package dev.cks.aws.doctor;

/**
 * Where the doctor asks for a password when KMS must be told one. It keeps none, and prints none.
 */
@FunctionalInterface
public interface Passwords {
  /**
   * The password that {@code user} has in the cluster now.
   *
   * @param user always {@code kmsuser}
   * @param clusterId in which cluster
   * @return overwritten by the doctor after use; an empty array to decline
   */
  char[] ask(String user, String clusterId);
}
