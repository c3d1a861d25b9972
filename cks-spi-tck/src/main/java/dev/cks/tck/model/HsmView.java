package dev.cks.tck.model;

import java.util.BitSet;

/**
 * An HSM as an admin sees it.
 *
 * @param active whether it runs
 * @param user whether it has a {@code kmsuser}
 * @param failures wrong passwords of kmsuser since the last success
 * @param locked whether kmsuser is locked out
 * @param loggedIn whether somebody is logged in as kmsuser
 * @param keys the material on it, numbered in the order of creation over all key stores
 */
public record HsmView(
    boolean active, boolean user, int failures, boolean locked, boolean loggedIn, BitSet keys) {

  static HsmView of(ModelNode node) {
    boolean user = node.password != null;
    return new HsmView(
        node.active,
        user,
        user ? node.failures : 0,
        user && node.isLocked(),
        user && node.login != null,
        (BitSet) node.keys.clone());
  }
}
