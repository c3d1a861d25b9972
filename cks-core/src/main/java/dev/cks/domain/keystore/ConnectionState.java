package dev.cks.domain.keystore;

/** The connection of a key store to its cluster, in the API's words (spec B.1). */
public enum ConnectionState {
  DISCONNECTED,
  CONNECTING,
  CONNECTED,
  FAILED,
  DISCONNECTING
}
