package dev.cks.domain.secret;

/**
 * The token that {@link SecretBytes#reveal} asks for: a text search for it finds every exposure.
 */
public final class SecretAccess {
  private static final SecretAccess INSTANCE = new SecretAccess();

  private SecretAccess() {}

  /** Whoever calls this is about to hold a secret in the open, and wipes it after use. */
  public static SecretAccess granted() {
    return INSTANCE;
  }
}
