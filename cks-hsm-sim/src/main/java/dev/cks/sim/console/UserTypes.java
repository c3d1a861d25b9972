package dev.cks.sim.console;

import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import org.jspecify.annotations.Nullable;

/** Users in the words of Client SDK 3. */
final class UserTypes {
  private static final String FORMAT = "%11s    %-16s%-35s%-14s%-20s%s\n";

  static final String HEADING =
      Numbers.format(
          FORMAT, "User Id", "User Type", "User Name", "MofnPubKey", "LoginFailureCnt", "2FA");

  private UserTypes() {}

  /** {@code PCO}, the primary officer, is the admin that activated the cluster. */
  static @Nullable Role parse(String type) {
    return switch (type) {
      case "PRECO" -> Role.UNACTIVATED_ADMIN;
      case "CO", "PCO" -> Role.ADMIN;
      case "CU" -> Role.CRYPTO_USER;
      case "AU" -> Role.APPLIANCE_USER;
      default -> null;
    };
  }

  static String of(Role role) {
    return switch (role) {
      case UNACTIVATED_ADMIN -> "PRECO";
      case ADMIN -> "CO";
      case CRYPTO_USER -> "CU";
      case APPLIANCE_USER -> "AU";
    };
  }

  static String row(UserView user) {
    return Numbers.format(
        FORMAT, user.id(), of(user.role()), user.name(), "NO", user.failedLogins(), "NO");
  }
}
