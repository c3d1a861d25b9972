package dev.cks.sim;

/** What a user of an HSM may do. */
public enum Role {
  /** {@code CO}: manages users, uses no keys. */
  ADMIN,
  /** {@code CU}: owns and uses keys. */
  CRYPTO_USER,
  /** {@code AU}: copies keys between HSMs. */
  APPLIANCE_USER
}
