package dev.cks.aws.doctor;

import java.util.List;
import java.util.Optional;

/**
 * What key objects a cluster holds. AWS's APIs do not show them; a person lists them with the tools
 * while logged in as {@code kmsuser}, or a PKCS #11 client does.
 */
@FunctionalInterface
public interface KeyInventory {
  /** The key objects of {@code kmsuser}; empty if they are not known. */
  Optional<List<KeyObject>> keysIn(String clusterId);

  /**
   * One key object.
   *
   * @param label for a KMS key, its ARN
   * @param reference the HSM's own name for it
   */
  record KeyObject(String label, String reference) {}

  /** Nothing is known. */
  static KeyInventory unknown() {
    return clusterId -> Optional.empty();
  }
}
