package dev.cks.domain.keystore;

/** The connection of a key store to its cluster, in the API's words (spec B.1). */
public enum ConnectionState {
  /** Never connected, or disconnected by a caller; never by KMS itself. */
  DISCONNECTED,
  /** An attempt is under way. */
  CONNECTING,
  /** KMS is logged in. It says nothing of whether HSMs answer. */
  CONNECTED,
  /** The latest attempt failed; only Disconnect leads out. */
  FAILED,
  /** KMS is logging out. */
  DISCONNECTING
}
