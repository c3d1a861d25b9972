package dev.cks.sim.hsm;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The users of one node and who is logged in there: every rule about them. Changes are made under
 * the node's monitor; reading takes no lock.
 */
final class NodeUsers {
  static final String FACTORY_ADMIN = "admin";
  static final String APPLIANCE_USER = "app_user";

  /** Connections that clients may have to one HSM (spec A.2). */
  static final int CONNECTIONS = 900;

  private static final String FACTORY_PASSWORD = "password";

  private final Map<String, NodeUser> users = new ConcurrentHashMap<>();

  /** Who is logged in: session → user name. */
  private final Map<Object, String> logins = new ConcurrentHashMap<>();

  /** As an HSM leaves the factory. */
  NodeUsers() {
    try (SecretBytes password = SecretBytes.ofText(FACTORY_PASSWORD)) {
      put(NodeUser.create(1, FACTORY_ADMIN, Role.UNACTIVATED_ADMIN, password, new byte[16]));
    }
    put(NodeUser.appliance(2, APPLIANCE_USER));
  }

  HsmReturn login(Role role, String name, SecretBytes password, Object session) {
    NodeUser user = find(role, name);
    if (user == null) {
      return HsmReturn.NO_SUCH_USER;
    }
    if (role == Role.APPLIANCE_USER) {
      return HsmReturn.NOT_PERMITTED;
    }
    if (user.isLocked()) {
      return HsmReturn.LOCKED_OUT;
    }
    if (!user.accepts(password)) {
      put(user.withFailures(user.failures() + 1));
      return HsmReturn.WRONG_PASSWORD;
    }
    if (user.failures() > 0) {
      put(user.withFailures(0));
    }
    return enter(user, session);
  }

  /** Crypto users have one login for each node, admins any number. */
  private HsmReturn enter(NodeUser user, Object session) {
    String present = logins.get(session);
    if (user.name().equals(present)) {
      return HsmReturn.SUCCESS;
    }
    if (present != null || (user.role() == Role.CRYPTO_USER && isLoggedIn(user.name()))) {
      return HsmReturn.ALREADY_LOGGED_IN;
    }
    if (logins.size() >= CONNECTIONS) {
      return HsmReturn.TOO_MANY_CONNECTIONS;
    }
    logins.put(session, user.name());
    return HsmReturn.SUCCESS;
  }

  HsmReturn logout(Object session) {
    return logins.remove(session) == null ? HsmReturn.NOT_LOGGED_IN : HsmReturn.SUCCESS;
  }

  void logoutAll() {
    logins.clear();
  }

  boolean isLoggedIn(String name) {
    return logins.containsValue(name);
  }

  /** As whom a session is logged in. */
  @Nullable NodeUser userOf(Object session) {
    String name = logins.get(session);
    return name == null ? null : users.get(name);
  }

  /** Asked for each use of a key. */
  boolean isLoggedIn(String name, Object session) {
    return name.equals(logins.get(session));
  }

  /** Whether a session may manage users. */
  HsmReturn requireAdmin(Object session) {
    return requireRole(Role.ADMIN, session);
  }

  HsmReturn requireRole(Role role, Object session) {
    NodeUser user = userOf(session);
    if (user == null) {
      return HsmReturn.NOT_LOGGED_IN;
    }
    return user.role() == role ? HsmReturn.SUCCESS : HsmReturn.NOT_PERMITTED;
  }

  HsmReturn create(String name, Role role, SecretBytes password, byte[] salt) {
    if (!UserRules.isName(name)) {
      return HsmReturn.INVALID_NAME;
    }
    if (!UserRules.isPassword(password)) {
      return HsmReturn.INVALID_PASSWORD;
    }
    if (role != Role.ADMIN && role != Role.CRYPTO_USER) {
      return HsmReturn.NOT_PERMITTED;
    }
    if (users.containsKey(name)) {
      return HsmReturn.USER_EXISTS;
    }
    if (users.size() >= UserRules.USERS) {
      return HsmReturn.TOO_MANY_USERS;
    }
    put(NodeUser.create(nextId(), name, role, password, salt));
    return HsmReturn.SUCCESS;
  }

  /** With an admin's rights; {@code role} null for any. */
  HsmReturn delete(@Nullable Role role, String name, Predicate<String> ownsKeys) {
    NodeUser user = find(role, name);
    if (user == null) {
      return HsmReturn.NO_SUCH_USER;
    }
    if (user.role() == Role.APPLIANCE_USER) {
      return HsmReturn.NOT_PERMITTED;
    }
    if (isLoggedIn(name)) {
      return HsmReturn.ALREADY_LOGGED_IN;
    }
    if (ownsKeys.test(name)) {
      return HsmReturn.USER_OWNS_KEYS;
    }
    users.remove(name);
    return HsmReturn.SUCCESS;
  }

  /** Whoever is logged in changes its own password; an admin everybody's. */
  HsmReturn changePassword(Object session, Role role, String name, SecretBytes password) {
    if (isLoggedIn(name, session) && find(role, name) != null) {
      return changeOwnPassword(name, password);
    }
    HsmReturn right = requireAdmin(session);
    return right == HsmReturn.SUCCESS ? changePassword(role, name, password) : right;
  }

  /** The user is logged in. An unactivated admin becomes an admin by this. */
  HsmReturn changeOwnPassword(String name, SecretBytes password) {
    NodeUser user = users.get(name);
    if (user == null) {
      return HsmReturn.NO_SUCH_USER;
    }
    if (!UserRules.isPassword(password)) {
      return HsmReturn.INVALID_PASSWORD;
    }
    put(
        user.role() == Role.UNACTIVATED_ADMIN
            ? user.activated(password)
            : user.withPassword(password));
    return HsmReturn.SUCCESS;
  }

  /** With an admin's rights, which also unlocks; {@code role} null for any. */
  HsmReturn changePassword(@Nullable Role role, String name, SecretBytes password) {
    NodeUser user = find(role, name);
    if (user == null) {
      return HsmReturn.NO_SUCH_USER;
    }
    if (user.role() == Role.APPLIANCE_USER) {
      return HsmReturn.NOT_PERMITTED;
    }
    if (isLoggedIn(name)) {
      return HsmReturn.ALREADY_LOGGED_IN;
    }
    return changeOwnPassword(name, password);
  }

  /** Sets the first password of the factory's admin. */
  HsmReturn activate(SecretBytes password) {
    NodeUser admin = users.get(FACTORY_ADMIN);
    if (admin == null || admin.role() != Role.UNACTIVATED_ADMIN) {
      return HsmReturn.NOT_PERMITTED;
    }
    return changeOwnPassword(FACTORY_ADMIN, password);
  }

  boolean isActivated() {
    return users.values().stream().noneMatch(user -> user.role() == Role.UNACTIVATED_ADMIN);
  }

  /** By number, the order in which the tools list them. */
  List<UserView> views() {
    return users.values().stream()
        .sorted(Comparator.comparingInt(NodeUser::id))
        .map(
            user ->
                new UserView(
                    user.id(),
                    user.name(),
                    user.role(),
                    user.failures(),
                    user.isLocked(),
                    isLoggedIn(user.name())))
        .toList();
  }

  Map<String, NodeUser> copy() {
    return Map.copyOf(users);
  }

  /** Becomes a copy, without logins. */
  void become(Map<String, NodeUser> others) {
    logins.clear();
    users.clear();
    users.putAll(others);
  }

  private @Nullable NodeUser find(@Nullable Role role, String name) {
    NodeUser user = users.get(name);
    return user == null || (role != null && role != user.role()) ? null : user;
  }

  private int nextId() {
    int last = 0;
    for (NodeUser user : users.values()) {
      last = Math.max(last, user.id());
    }
    return last + 1;
  }

  private void put(NodeUser user) {
    users.put(user.name(), user);
  }
}
