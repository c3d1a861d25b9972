package dev.cks.sim.user;

/** What a user of an HSM may do. */
public enum Role {
  /** {@code PRECO}: the admin of a new HSM; may only set its own password, and is admin then. */
  UNACTIVATED_ADMIN,
  /** {@code CO}: manages users, uses no keys. */
  ADMIN,
  /** {@code CU}: owns and uses keys. */
  CRYPTO_USER,
  /** {@code AU}: copies keys between HSMs; people cannot log in as it. */
  APPLIANCE_USER
}
