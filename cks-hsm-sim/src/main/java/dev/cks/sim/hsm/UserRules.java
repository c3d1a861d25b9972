package dev.cks.sim.hsm;

import dev.cks.domain.secret.SecretAccess;
import dev.cks.domain.secret.SecretBytes;
import java.util.Arrays;

/** What an HSM takes as a name and as a password (spec A.2, A.4, F.2). */
public final class UserRules {
  /** Users that one HSM can hold, its appliance user included. */
  public static final int USERS = 1024;

  private static final int LONGEST_NAME = 31;
  private static final int SHORTEST_PASSWORD = 7;
  private static final int LONGEST_PASSWORD = 32;

  private UserRules() {}

  /** 1 to 31 letters, digits and underscores. */
  public static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_' && !isAlphanumeric(c)) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= LONGEST_NAME;
  }

  /** 7 to 32 letters and digits. */
  public static boolean isPassword(SecretBytes password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      return false;
    }
    byte[] open = password.reveal(SecretAccess.granted());
    boolean alphanumeric = true;
    for (byte each : open) {
      alphanumeric &= isAlphanumeric(each);
    }
    Arrays.fill(open, (byte) 0);
    return alphanumeric;
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
