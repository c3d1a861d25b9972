package dev.cks.service;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.spi.HsmException;
import org.jspecify.annotations.Nullable;

/** What a failure on the HSM side looks like from outside: one table for each kind of call. */
final class HsmFailureMap {
  private static final String CANNOT_COMMUNICATE =
      "KMS cannot communicate with your CloudHSM cluster";

  private HsmFailureMap() {}

  /** Why a connection attempt failed. */
  static ConnectionErrorCode whenConnecting(HsmException.Reason reason) {
    return switch (reason) {
      case USER_NOT_FOUND -> ConnectionErrorCode.USER_NOT_FOUND;
      case LOCKED_OUT -> ConnectionErrorCode.USER_LOCKED_OUT;
      case AUTH_FAILED -> ConnectionErrorCode.INVALID_CREDENTIALS;
      case ALREADY_LOGGED_IN -> ConnectionErrorCode.USER_LOGGED_IN;
      case UNREACHABLE, OUTCOME_UNKNOWN -> ConnectionErrorCode.NETWORK_ERRORS;
      case NO_ACTIVE_HSM -> ConnectionErrorCode.INSUFFICIENT_CLOUDHSM_HSMS;
      case SUBNET_NOT_FOUND -> ConnectionErrorCode.SUBNET_NOT_FOUND;
      case NO_FREE_ADDRESS -> ConnectionErrorCode.INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET;
      case NOT_LOGGED_IN,
          KEY_NOT_FOUND,
          BELOW_QUORUM,
          CIPHERTEXT_INVALID,
          CAPACITY,
          DENIED,
          INTERNAL ->
          ConnectionErrorCode.INTERNAL_ERROR;
    };
  }

  /** What a cryptographic operation answers. */
  static KmsException whenUsing(String keyArn, HsmException failure) {
    return switch (failure.reason()) {
      case KEY_NOT_FOUND -> error(KmsErrorCode.KMS_INVALID_STATE, keyArn + " is unavailable.");
      case CIPHERTEXT_INVALID -> error(KmsErrorCode.INVALID_CIPHERTEXT, null);
      case CAPACITY ->
          error(
              KmsErrorCode.KMS_INTERNAL,
              "The CloudHSM cluster has no free PKCS #11 sessions. Retry the request.");
      case DENIED, INTERNAL -> failed();
      default -> error(KmsErrorCode.KMS_INVALID_STATE, CANNOT_COMMUNICATE);
    };
  }

  /** What CreateKey answers. */
  static KmsException whenCreating(HsmException failure) {
    return switch (failure.reason()) {
      case BELOW_QUORUM, NO_ACTIVE_HSM -> tooFewHsms();
      case CAPACITY ->
          error(
              KmsErrorCode.KMS_INTERNAL,
              "The CloudHSM cluster has no room for another key or no free PKCS #11 sessions.");
      case UNREACHABLE, NOT_LOGGED_IN -> error(KmsErrorCode.DEPENDENCY_TIMEOUT, CANNOT_COMMUNICATE);
      case OUTCOME_UNKNOWN ->
          error(KmsErrorCode.DEPENDENCY_TIMEOUT, "The CloudHSM cluster did not answer in time.");
      default -> failed();
    };
  }

  /** What an operation that names a key store answers when the connection ended under it. */
  static KmsException disconnectedMeanwhile() {
    return error(
        KmsErrorCode.CUSTOM_KEY_STORE_INVALID_STATE,
        "The custom key store was disconnected before the request was completed.");
  }

  private static KmsException failed() {
    return error(KmsErrorCode.KMS_INTERNAL, "The CloudHSM cluster failed. Retry the request.");
  }

  static KmsException tooFewHsms() {
    return error(
        KmsErrorCode.CLOUD_HSM_CLUSTER_INVALID_CONFIGURATION,
        "CloudHSM cluster must contain active HSMs in at least two Availability Zones");
  }

  private static KmsException error(KmsErrorCode code, @Nullable String message) {
    return new KmsException(code, message);
  }
}
