package dev.cks.tck.model;

import org.jspecify.annotations.Nullable;

/** A key store: its connection, and what KMS knows for it. */
final class ModelStore {
  static final String DISCONNECTED = "DISCONNECTED";
  static final String CONNECTED = "CONNECTED";

  String name;
  ModelCluster cluster;
  String connection = DISCONNECTED;
  String errorCode = "";
  long attempt;

  /** The password that KMS knows, and one that it sent without hearing from every HSM. */
  String password = ClusterPlan.FIRST_PASSWORD;

  @Nullable String candidate;

  /** The login that lasts from connect to disconnect. */
  @Nullable ModelSession session;

  ModelStore(String name, ModelCluster cluster) {
    this.name = name;
    this.cluster = cluster;
  }

  boolean isConnected() {
    return connection.equals(CONNECTED);
  }

  void endSession() {
    if (session != null) {
      cluster.logOut(session);
      cluster.subnets.detach();
      session = null;
    }
  }
}
