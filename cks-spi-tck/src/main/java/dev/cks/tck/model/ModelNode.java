package dev.cks.tck.model;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** One HSM: its own idea of {@code kmsuser} and its own keys (spec F.2, F.3). */
final class ModelNode {
  /** A wrong password answers so, also the one that locks (spec B.6). */
  static final String AUTH_FAILED = "AUTH_FAILED";

  static final String LOGGED_IN = "ALREADY_LOGGED_IN";
  static final String LOCKED = "LOCKED_OUT";
  static final String NO_USER = "USER_NOT_FOUND";
  static final int ATTEMPTS = 5;

  final int zone;
  final boolean trusting;
  boolean active = true;
  boolean partitioned;

  /** Null: there is no kmsuser here. */
  @Nullable String password;

  int failures;
  @Nullable ModelSession login;
  final BitSet keys = new BitSet();

  /** What was destroyed here while another HSM still has it: synchronisation never brings it. */
  final BitSet destroyed = new BitSet();

  ModelNode(int zone, boolean trusting) {
    this.zone = zone;
    this.trusting = trusting;
    password = ClusterPlan.FIRST_PASSWORD;
  }

  boolean isLocked() {
    return failures >= ATTEMPTS;
  }

  /** Tries one password. */
  String logIn(ModelSession session, String given) {
    if (password == null) {
      return NO_USER;
    }
    if (isLocked()) {
      return LOCKED;
    }
    if (!trusting && !password.equals(given)) {
      failures++;
      return AUTH_FAILED;
    }
    failures = 0;
    if (login != null && login != session) {
      return LOGGED_IN;
    }
    login = session;
    return ReferenceModel.OK;
  }

  /** A logged-in user cannot be changed, nor deleted while it owns keys. */
  String setPassword(String given) {
    if (password == null) {
      return NO_USER;
    }
    if (login != null) {
      return LOGGED_IN;
    }
    password = given;
    failures = 0;
    return ReferenceModel.OK;
  }

  String createUser(String given) {
    if (password != null) {
      return "DENIED";
    }
    password = given;
    failures = 0;
    return ReferenceModel.OK;
  }

  String deleteUser() {
    if (password == null) {
      return NO_USER;
    }
    if (login != null) {
      return LOGGED_IN;
    }
    if (!keys.isEmpty()) {
      return "DENIED";
    }
    password = null;
    return ReferenceModel.OK;
  }

  void stop() {
    active = false;
    login = null;
  }

  void destroy(int material) {
    if (keys.get(material)) {
      keys.clear(material);
      destroyed.set(material);
    }
  }

  /** Takes what it lacks, but nothing that it destroyed. */
  void synchronise(BitSet all) {
    BitSet wanted = (BitSet) all.clone();
    wanted.andNot(destroyed);
    keys.or(wanted);
  }

  /**
   * Becomes a copy: users and keys, also those that were destroyed, but not logins.
   *
   * @param unwanted what somebody destroyed on some HSM: a copy does not bring it back
   */
  void become(ModelNode other, BitSet unwanted) {
    password = other.password;
    failures = other.failures;
    login = null;
    keys.andNot(other.destroyed);
    keys.andNot(unwanted); // other keys that it alone has, it keeps: nobody else could bring them
    keys.or(other.keys);
    destroyed.clear();
    destroyed.or(other.destroyed);
  }
}
