package dev.cks.aws.doctor;

import java.util.List;

/**
 * A manual step at the moment it is to be done, with everything filled in.
 *
 * @param id what it is about, for hands that are programs
 * @param clusterId the cluster that it is done in
 * @param commands what to type, in this order
 * @param choices names of what the person is asked to decide, for example {@code subnets}; answered
 *     in {@link Hands.Reply.Done#chosen}
 */
public record ManualTask(
    Id id, String instruction, String clusterId, List<Command> commands, List<String> choices) {
  /** The name of the choice of subnets: two or more ids, separated by commas. */
  public static final String SUBNETS = "subnets";

  /** Keeps copies. */
  public ManualTask {
    commands = List.copyOf(commands);
    choices = List.copyOf(choices);
  }

  /** What manual steps are about. */
  public enum Id {
    /** Give {@code kmsuser} a new password. */
    SET_KMSUSER_PASSWORD,
    /** Create {@code kmsuser} where it is missing, and give it one password everywhere. */
    CREATE_KMSUSER,
    /** End the session that {@code kmsuser} has. */
    LOG_OUT_KMSUSER,
    /** Log in as {@code kmsuser}, do what is to be done, log out. */
    WORK_AS_KMSUSER,
    /** Delete one key object. */
    DELETE_KEY_OBJECT,
    /** Give the admin of an initialised cluster its first password. */
    ACTIVATE_CLUSTER,
    /** Free addresses in the cluster's subnets. */
    FREE_ADDRESSES,
    /** Find out what is between KMS and the cluster, and repair it. */
    REPAIR_NETWORK,
    /** Close PKCS #11 sessions, or wait until the burst is over. */
    FREE_SESSIONS,
    /** Say which subnets a new cluster is to have. */
    CHOOSE_SUBNETS
  }
}
