package dev.cks.aws.doctor;

/** The chapters of AWS KMS's developer guide that findings and plans come from. */
public enum GuideSection {
  /** How to fix unavailable KMS keys. */
  UNAVAILABLE_KEYS("How to fix unavailable KMS keys", "fix-keystore.html#fix-unavailable-cmks"),
  /** How to fix a failing KMS key. */
  FAILING_KEY("How to fix a failing KMS key", "fix-keystore.html#fix-cmk-failed"),
  /** How to fix a connection failure. */
  CONNECTION_FAILURE("How to fix a connection failure", "fix-keystore.html#fix-keystore-failed"),
  /** How to respond to a cryptographic operation failure. */
  CRYPTOGRAPHIC_FAILURE(
      "How to respond to a cryptographic operation failure",
      "fix-keystore.html#fix-keystore-communication"),
  /** How to fix invalid {@code kmsuser} credentials. */
  CREDENTIALS("How to fix invalid kmsuser credentials", "fix-keystore.html#fix-keystore-password"),
  /** How to delete orphaned key material. */
  ORPHANED_MATERIAL(
      "How to delete orphaned key material", "fix-keystore.html#fix-keystore-orphaned-key"),
  /** How to recover deleted key material for a KMS key. */
  RECOVER_MATERIAL(
      "How to recover deleted key material for a KMS key",
      "fix-keystore.html#fix-keystore-recover-backing-key"),
  /** How to log in as {@code kmsuser}. */
  KMSUSER_LOGIN("How to log in as kmsuser", "fix-keystore.html#fix-login-as-kmsuser"),
  /** Requirements of the cluster behind a key store. */
  CLUSTER_REQUIREMENTS(
      "Create an AWS CloudHSM key store: assemble the prerequisites",
      "create-keystore.html#before-keystore"),
  /** Key states. */
  KEY_STATES("Key states of AWS KMS keys", "key-state.html"),
  /** Deleting keys, and what that means. */
  DELETING_KEYS("Delete an AWS KMS key", "deleting-keys.html"),
  /** Deleting a key store. */
  DELETING_KEY_STORE("Delete an AWS CloudHSM key store", "delete-keystore.html"),
  /** External key stores, which this doctor only recognises. */
  EXTERNAL_KEY_STORE("Troubleshooting external key stores", "xks-troubleshooting.html");

  private static final String BASE = "https://docs.aws.amazon.com/kms/latest/developerguide/";

  private final String title;
  private final String page;

  GuideSection(String title, String page) {
    this.title = title;
    this.page = page;
  }

  /** The chapter's title. */
  public String title() {
    return title;
  }

  /** Where it can be read. */
  public String url() {
    return BASE + page;
  }
}
