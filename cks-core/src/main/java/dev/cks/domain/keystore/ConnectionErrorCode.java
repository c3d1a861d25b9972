package dev.cks.domain.keystore;

/** Why a connection attempt failed, for key stores on CloudHSM (spec B.5). */
public enum ConnectionErrorCode {
  CLUSTER_NOT_FOUND,
  INSUFFICIENT_CLOUDHSM_HSMS,
  INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,
  INTERNAL_ERROR,
  INVALID_CREDENTIALS,
  NETWORK_ERRORS,
  SUBNET_NOT_FOUND,
  USER_LOCKED_OUT,
  USER_LOGGED_IN,
  USER_NOT_FOUND
}
