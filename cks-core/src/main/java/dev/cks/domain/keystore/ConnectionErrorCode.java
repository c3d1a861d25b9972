package dev.cks.domain.keystore;

/** Why a connection attempt failed, for key stores on CloudHSM (spec B.5). */
public enum ConnectionErrorCode {
  /** No cluster has the id that the store names. */
  CLUSTER_NOT_FOUND,
  /** The cluster has no active HSM. */
  INSUFFICIENT_CLOUDHSM_HSMS,
  /** A private subnet of the cluster has no free address. */
  INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,
  /** KMS failed, or an HSM did. */
  INTERNAL_ERROR,
  /** The password that KMS knows is not that of {@code kmsuser}. */
  INVALID_CREDENTIALS,
  /** An active HSM cannot be reached, or did not answer. */
  NETWORK_ERRORS,
  /** A subnet of the cluster's configuration was deleted. */
  SUBNET_NOT_FOUND,
  /** Too many wrong passwords: an HSM has locked {@code kmsuser}. */
  USER_LOCKED_OUT,
  /** Somebody else is logged in as {@code kmsuser}. */
  USER_LOGGED_IN,
  /** An active HSM has no crypto user {@code kmsuser}. */
  USER_NOT_FOUND
}
