package dev.cks.domain.keystore;

/** Rules for the parts of a key store (spec A.3, A.4). */
public final class KeyStoreRules {
  /** The crypto user that KMS logs in as. */
  public static final String KMSUSER = "kmsuser";

  /**
   * How many Availability Zones need an active HSM to create a store, change its cluster or create
   * a key.
   */
  public static final int ZONES_TO_CREATE = 2;

  /** How many Availability Zones the cluster's subnets span at least. */
  public static final int SUBNET_ZONES = 2;

  private KeyStoreRules() {}
}
