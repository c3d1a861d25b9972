package dev.cks.aws.doctor;

import static dev.cks.aws.doctor.GuideSection.CLUSTER_REQUIREMENTS;
import static dev.cks.aws.doctor.GuideSection.CONNECTION_FAILURE;
import static dev.cks.aws.doctor.GuideSection.CREDENTIALS;
import static dev.cks.aws.doctor.GuideSection.CRYPTOGRAPHIC_FAILURE;
import static dev.cks.aws.doctor.GuideSection.DELETING_KEYS;
import static dev.cks.aws.doctor.GuideSection.FAILING_KEY;
import static dev.cks.aws.doctor.GuideSection.KEY_STATES;
import static dev.cks.aws.doctor.GuideSection.RECOVER_MATERIAL;
import static dev.cks.aws.doctor.GuideSection.UNAVAILABLE_KEYS;
import static dev.cks.aws.doctor.Urgency.NOTE;
import static dev.cks.aws.doctor.Urgency.NOW;
import static dev.cks.aws.doctor.Urgency.SOON;

/**
 * What can be wrong with a key store or a key. The order is that of the findings: what stands
 * earlier is repaired first, for what stands later may rest on it.
 */
public enum Condition {
  /** The key is gone for good, and with it what it encrypted. */
  KEY_DELETED(NOW, DELETING_KEYS, "the KMS key was deleted when its window ended"),
  /** The key's material is gone, and no backup can have it. */
  MATERIAL_LOST(NOW, RECOVER_MATERIAL, "key material was deleted and no backup can have it"),
  /** The cluster is gone, and there is no backup of it. */
  CLUSTER_LOST(NOW, CONNECTION_FAILURE, "the cluster was deleted and there is no backup of it"),
  /** The key store that was asked for is not there. */
  KEY_STORE_NOT_FOUND(NOW, CONNECTION_FAILURE, "there is no key store with this id"),
  /** The key that was asked for is not there, and nothing tells that it ever was. */
  KEY_NOT_FOUND(NOW, KEY_STATES, "there is no key with this name"),
  /** There is no cluster with the configured id. */
  CLUSTER_NOT_FOUND(NOW, CONNECTION_FAILURE, "the cluster was deleted"),
  /** The cluster is not initialised, not activated, or being changed. */
  CLUSTER_NOT_ACTIVE(NOW, CLUSTER_REQUIREMENTS, "the cluster is not ACTIVE"),
  /** No HSM of the cluster is active. */
  NO_ACTIVE_HSM(NOW, CONNECTION_FAILURE, "the cluster has no active HSM"),
  /** A subnet that the cluster is configured with was deleted. */
  SUBNET_NOT_FOUND(NOW, CONNECTION_FAILURE, "a subnet of the cluster was deleted"),
  /** A subnet of the cluster is full. */
  NO_FREE_ADDRESS(NOW, CONNECTION_FAILURE, "a subnet of the cluster has no free address"),
  /** The last request to connect was refused because of the cluster. */
  CONFIGURATION_REFUSED(
      NOW, CLUSTER_REQUIREMENTS, "KMS refuses to connect to a cluster configured like this"),
  /** KMS did not get through to the cluster when it connected. */
  NETWORK_ERRORS(NOW, CONNECTION_FAILURE, "the network failed while KMS was connecting"),
  /** There is no {@code kmsuser} on some HSM. */
  USER_NOT_FOUND(NOW, CONNECTION_FAILURE, "kmsuser does not exist in the cluster"),
  /** Too many wrong passwords. */
  USER_LOCKED_OUT(NOW, CREDENTIALS, "kmsuser is locked out after too many wrong passwords"),
  /** Somebody is logged in as {@code kmsuser}. */
  USER_LOGGED_IN(NOW, CONNECTION_FAILURE, "somebody else is logged in as kmsuser"),
  /** KMS knows another password than the cluster. */
  INVALID_CREDENTIALS(NOW, CREDENTIALS, "KMS has the wrong password of kmsuser"),
  /** KMS failed by itself. */
  INTERNAL_ERROR(NOW, CONNECTION_FAILURE, "KMS failed internally while it was connecting"),
  /** One of the codes of external key stores. */
  EXTERNAL_KEY_STORE(
      NOW, GuideSection.EXTERNAL_KEY_STORE, "the connection to an external key store failed"),
  /** A code that this version does not know. */
  UNKNOWN_ERROR_CODE(NOW, CONNECTION_FAILURE, "a connection error code newer than this doctor"),
  /** The last attempt failed, and KMS does not say why. */
  CONNECTION_FAILED(NOW, CONNECTION_FAILURE, "the connection failed without an error code"),
  /** Somebody disconnected the key store, or nobody ever connected it. */
  KEY_STORE_DISCONNECTED(NOW, UNAVAILABLE_KEYS, "the key store is disconnected"),
  /** It is connecting or disconnecting. */
  CONNECTION_CHANGING(NOW, CONNECTION_FAILURE, "connecting or disconnecting is under way"),
  /** A connection state that this version does not know. */
  UNKNOWN_CONNECTION_STATE(NOW, CONNECTION_FAILURE, "a connection state newer than this doctor"),
  /** KMS does not get through to the cluster, time and again. */
  COMMUNICATION_LASTING(
      NOW, CRYPTOGRAPHIC_FAILURE, "KMS cannot communicate with the cluster, time and again"),
  /** No PKCS #11 session is free. */
  SESSIONS_EXHAUSTED(NOW, FAILING_KEY, "the cluster has no free PKCS #11 session"),
  /** A cryptographic operation fails for a reason that the guide does not name. */
  OPERATION_FAILS(NOW, CRYPTOGRAPHIC_FAILURE, "cryptographic operations fail"),
  /** The key's material is not in the cluster, and a backup may have it. */
  MATERIAL_MISSING(NOW, RECOVER_MATERIAL, "the material of a key is not in the cluster"),
  /** The key is going to be deleted. */
  KEY_PENDING_DELETION(NOW, DELETING_KEYS, "the key is scheduled for deletion"),
  /** Somebody disabled the key. */
  KEY_DISABLED(NOW, KEY_STATES, "the key is disabled"),
  /** A key state that this version does not know. */
  UNKNOWN_KEY_STATE(NOW, KEY_STATES, "a key state newer than this doctor"),
  /** The key cannot be used because of its key store. */
  KEY_UNAVAILABLE(NOW, UNAVAILABLE_KEYS, "the key is Unavailable because of its key store"),
  /** It failed once and then worked. */
  COMMUNICATION_TRANSIENT(
      NOTE, CRYPTOGRAPHIC_FAILURE, "KMS could not communicate with the cluster for a moment"),
  /** Enough to use keys, not enough to make one. */
  TOO_FEW_HSMS(SOON, CLUSTER_REQUIREMENTS, "the cluster has fewer than two active HSMs"),
  /** All HSMs, or all subnets, are in one Availability Zone. */
  ONE_ZONE(SOON, CLUSTER_REQUIREMENTS, "the cluster is in a single Availability Zone"),
  /** Nothing to go back to. */
  NO_BACKUP(SOON, RECOVER_MATERIAL, "the cluster has no backup that can be restored"),
  /** KMS could not delete the material with its key. */
  ORPHANED_MATERIAL(
      NOTE,
      GuideSection.ORPHANED_MATERIAL,
      "key material is left in the cluster after its KMS key was deleted"),
  /** Every backup is older than the password that KMS has. */
  BACKUP_PASSWORD_OLD(
      NOTE, RECOVER_MATERIAL, "every backup is older than the current password of kmsuser");

  private final Urgency urgency;
  private final GuideSection section;
  private final String meaning;

  Condition(Urgency urgency, GuideSection section, String meaning) {
    this.urgency = urgency;
    this.section = section;
    this.meaning = meaning;
  }

  /** When it wants something to be done. */
  public Urgency urgency() {
    return urgency;
  }

  /** The chapter of the guide. */
  public GuideSection section() {
    return section;
  }

  /** What it means, without a full stop. */
  public String meaning() {
    return meaning;
  }
}
