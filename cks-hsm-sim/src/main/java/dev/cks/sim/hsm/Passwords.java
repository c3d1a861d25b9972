package dev.cks.sim.hsm;

import dev.cks.domain.secret.SecretAccess;
import dev.cks.domain.secret.SecretBytes;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The passwords that HSMs of a cluster may have for one user, the likeliest first: after a change
 * that not all of them confirmed there are several. Used under the fleet's monitor.
 */
final class Passwords {
  /** Fewer than the wrong attempts that lock a user. */
  private static final int KNOWN = NodeUser.ATTEMPTS - 2;

  private final Deque<SecretBytes> known = new ArrayDeque<>();

  /** No longer tried; kept until the end, since a late request may still carry one. */
  private final List<SecretBytes> retired = new ArrayList<>();

  Passwords(SecretBytes password, @Nullable SecretBytes candidate) {
    known.add(copy(password));
    if (candidate != null && !same(password, candidate)) {
      known.add(copy(candidate));
    }
  }

  List<SecretBytes> known() {
    return List.copyOf(known);
  }

  /**
   * Some HSM has, or may have, a new password.
   *
   * @param fresh belongs to this object from now on
   */
  void changed(SecretBytes fresh, boolean everywhere) {
    known.removeIf(password -> (everywhere || same(password, fresh)) && retired.add(password));
    known.addFirst(fresh);
    while (known.size() > KNOWN) {
      retired.add(known.removeLast());
    }
  }

  void close() {
    for (SecretBytes password : known) {
      password.close();
    }
    for (SecretBytes password : retired) {
      password.close();
    }
  }

  static SecretBytes copy(SecretBytes secret) {
    byte[] open = secret.reveal(SecretAccess.granted());
    try {
      return SecretBytes.copyOf(open);
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }

  private static boolean same(SecretBytes one, SecretBytes other) {
    byte[] first = one.reveal(SecretAccess.granted());
    byte[] second = other.reveal(SecretAccess.granted());
    try {
      return MessageDigest.isEqual(first, second);
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }
}
