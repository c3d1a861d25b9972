package dev.cks.aws.doctor;

/** The remedies that the guide knows. */
public enum Remedy {
  /** Connect the key store again. */
  RECONNECT("Reconnect the key store", GuideSection.UNAVAILABLE_KEYS),
  /** Give {@code kmsuser} a password that KMS is told. */
  REPAIR_CREDENTIALS("Repair the credentials of kmsuser", GuideSection.CREDENTIALS),
  /** The same where {@code kmsuser} is logged in somewhere. */
  END_FORGOTTEN_SESSION("End a forgotten session of kmsuser", GuideSection.CONNECTION_FAILURE),
  /** Create {@code kmsuser} again. */
  RECREATE_KMSUSER("Create kmsuser again", GuideSection.CONNECTION_FAILURE),
  /** Put a cluster made from a backup in the place of the one that is gone or unusable. */
  REPLACE_CLUSTER("Replace the cluster from a backup", GuideSection.CONNECTION_FAILURE),
  /** The same, in order to have key material back. */
  RECOVER_MATERIAL("Recover deleted key material", GuideSection.RECOVER_MATERIAL),
  /** Delete key material whose KMS key is gone. */
  DELETE_ORPHAN("Delete orphaned key material", GuideSection.ORPHANED_MATERIAL),
  /** Log in as {@code kmsuser}, and give the key store back to KMS. */
  LOG_IN_AS_KMSUSER("Log in as kmsuser, and back", GuideSection.KMSUSER_LOGIN),
  /** Delete a key store with everything in it. */
  DECOMMISSION("Decommission the key store", GuideSection.DELETING_KEY_STORE),
  /** Add HSMs. */
  ADD_HSMS("Add HSMs to the cluster", GuideSection.CLUSTER_REQUIREMENTS),
  /** Activate an initialised cluster. */
  ACTIVATE_CLUSTER("Activate the cluster", GuideSection.CLUSTER_REQUIREMENTS),
  /** Free addresses in the cluster's subnets. */
  FREE_ADDRESSES("Free addresses in the cluster's subnets", GuideSection.CONNECTION_FAILURE),
  /** Repair what is between KMS and the cluster. */
  REPAIR_NETWORK("Repair the network", GuideSection.CRYPTOGRAPHIC_FAILURE),
  /** Free PKCS #11 sessions. */
  FREE_SESSIONS("Free PKCS #11 sessions", GuideSection.FAILING_KEY),
  /** Wait for a connection attempt or a disconnect to end. */
  WAIT("Wait until it is over", GuideSection.CONNECTION_FAILURE),
  /** Enable a key. */
  ENABLE_KEY("Enable the key", GuideSection.KEY_STATES),
  /** Take a key out of its deletion window. */
  CANCEL_DELETION("Cancel the deletion of the key", GuideSection.DELETING_KEYS);

  private final String title;
  private final GuideSection section;

  Remedy(String title, GuideSection section) {
    this.title = title;
    this.section = section;
  }

  /** What it does, in a few words. */
  public String title() {
    return title;
  }

  /** The chapter of the guide. */
  public GuideSection section() {
    return section;
  }
}
