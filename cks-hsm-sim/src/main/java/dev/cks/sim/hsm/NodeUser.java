package dev.cks.sim.hsm;

import dev.cks.domain.secret.SecretAccess;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.user.Role;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A user on one node. Immutable, so that a copy of a node is a copy of references. One round of
 * SHA-256 keeps passwords out of heap dumps; a real HSM would have to do more.
 */
final class NodeUser {
  /** The attempt with this number still hears that the password is wrong, and locks. */
  static final int ATTEMPTS = 5;

  private final int id;
  private final String name;
  private final Role role;
  private final byte[] salt;
  private final byte[] digest;
  private final int failures;

  private NodeUser(int id, String name, Role role, byte[] salt, byte[] digest, int failures) {
    this.id = id;
    this.name = name;
    this.role = role;
    this.salt = salt;
    this.digest = digest;
    this.failures = failures;
  }

  static NodeUser create(int id, String name, Role role, SecretBytes password, byte[] salt) {
    return new NodeUser(id, name, role, salt, digest(salt, password), 0);
  }

  /** Nobody can log in as this one: no password has an empty digest. */
  static NodeUser appliance(int id, String name) {
    return new NodeUser(id, name, Role.APPLIANCE_USER, new byte[0], new byte[0], 0);
  }

  int id() {
    return id;
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  int failures() {
    return failures;
  }

  boolean isLocked() {
    return failures >= ATTEMPTS;
  }

  boolean accepts(SecretBytes password) {
    return MessageDigest.isEqual(digest, digest(salt, password));
  }

  NodeUser withFailures(int newFailures) {
    return new NodeUser(id, name, role, salt, digest, newFailures);
  }

  /** The same user with another password, unlocked. */
  NodeUser withPassword(SecretBytes password) {
    return create(id, name, role, password, salt);
  }

  /** An unactivated admin becomes an admin with its first password. */
  NodeUser activated(SecretBytes password) {
    return create(id, name, Role.ADMIN, password, salt);
  }

  private static byte[] digest(byte[] salt, SecretBytes password) {
    byte[] open = password.reveal(SecretAccess.granted());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(open);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }
}
