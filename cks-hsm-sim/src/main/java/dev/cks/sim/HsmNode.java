package dev.cks.sim;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.HsmException.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One appliance, with its own users, failed-login counters, logins and keys. It knows nothing of
 * its cluster, which is why nodes can disagree. Where a method returns a reason, {@code null} means
 * done. Thread-safe.
 */
final class HsmNode {
  private final String id;
  private final String zone;
  private final Map<String, NodeUser> users = new ConcurrentHashMap<>();

  /** Who is logged in as whom: user name → session. */
  private final Map<String, Object> logins = new ConcurrentHashMap<>();

  private final Map<BackingKeyId, KeyObject> keys = new ConcurrentHashMap<>();
  private volatile HsmState state = HsmState.ACTIVE;
  private volatile boolean partitioned;

  HsmNode(String id, String zone) {
    this.id = id;
    this.zone = zone;
  }

  String id() {
    return id;
  }

  String zone() {
    return zone;
  }

  HsmState state() {
    return state;
  }

  boolean isActive() {
    return state == HsmState.ACTIVE;
  }

  boolean isPartitioned() {
    return partitioned;
  }

  void setPartitioned(boolean partitioned) {
    this.partitioned = partitioned;
  }

  /** Switches off; logins do not survive that. */
  synchronized void stop() {
    state = HsmState.DEGRADED;
    logins.clear();
  }

  synchronized void start() {
    state = HsmState.ACTIVE;
  }

  // users

  /** Checks the password, and nothing but the password of this very node. */
  synchronized @Nullable Reason login(String name, SecretBytes password, Object session) {
    NodeUser user = users.get(name);
    if (user == null || user.role() != Role.CRYPTO_USER) {
      return Reason.USER_NOT_FOUND;
    }
    if (user.isLocked()) {
      return Reason.LOCKED_OUT;
    }
    if (!user.accepts(password)) {
      users.put(name, user.withFailures(user.failures() + 1));
      return Reason.AUTH_FAILED;
    }
    if (user.failures() > 0) {
      users.put(name, user.withFailures(0));
    }
    Object present = logins.putIfAbsent(name, session);
    return present == null || present == session ? null : Reason.ALREADY_LOGGED_IN;
  }

  synchronized void logout(String name, Object session) {
    logins.remove(name, session);
  }

  boolean isLoggedIn(String name, Object session) {
    return logins.get(name) == session;
  }

  /** A user changes its own password. */
  synchronized @Nullable Reason changeOwnPassword(
      String name, SecretBytes password, Object session) {
    NodeUser user = users.get(name);
    if (user == null || !isLoggedIn(name, session)) {
      return Reason.NOT_LOGGED_IN;
    }
    users.put(name, user.withPassword(password));
    return null;
  }

  /** An admin changes somebody's password, which also unlocks. */
  synchronized @Nullable Reason changePassword(String name, SecretBytes password) {
    NodeUser user = users.get(name);
    if (user == null) {
      return Reason.USER_NOT_FOUND;
    }
    if (logins.containsKey(name)) {
      return Reason.ALREADY_LOGGED_IN;
    }
    users.put(name, user.withPassword(password));
    return null;
  }

  synchronized @Nullable Reason createUser(NodeUser user) {
    return users.putIfAbsent(user.name(), user) == null ? null : Reason.DENIED;
  }

  /** Refused as CloudHSM refuses it: while the user is logged in or owns keys. */
  synchronized @Nullable Reason deleteUser(String name) {
    if (!users.containsKey(name)) {
      return Reason.USER_NOT_FOUND;
    }
    if (logins.containsKey(name)) {
      return Reason.ALREADY_LOGGED_IN;
    }
    if (keys.values().stream().anyMatch(key -> key.isOwnedBy(name))) {
      return Reason.DENIED;
    }
    users.remove(name);
    return null;
  }

  synchronized List<UserView> users() {
    return users.values().stream()
        .map(
            user ->
                new UserView(
                    user.name(),
                    user.role(),
                    user.failures(),
                    user.isLocked(),
                    logins.containsKey(user.name())))
        .sorted(Comparator.comparing(UserView::name))
        .toList();
  }

  // keys

  @Nullable KeyObject key(BackingKeyId key) {
    return keys.get(key);
  }

  Collection<KeyObject> keys() {
    return keys.values();
  }

  int keyCount() {
    return keys.size();
  }

  /** Takes a key unless it is there already. */
  void store(KeyObject key) {
    key.retain();
    if (keys.putIfAbsent(key.id(), key) != null) {
      key.release();
    }
  }

  /** Drops a key; that it is gone already is as good. */
  void destroy(BackingKeyId id) {
    KeyObject key = keys.remove(id);
    if (key != null) {
      key.release();
    }
  }

  // copies

  synchronized NodeContent content() {
    return new NodeContent(users, keys);
  }

  /** Becomes a copy, without logins. */
  synchronized void become(NodeContent content) {
    logins.clear();
    users.clear();
    users.putAll(content.users());
    content.keys().values().forEach(this::store);
    List.copyOf(keys.keySet()).stream()
        .filter(key -> !content.keys().containsKey(key))
        .forEach(this::destroy);
  }

  /** Lets everything go. */
  synchronized void erase() {
    stop();
    users.clear();
    List.copyOf(keys.keySet()).forEach(this::destroy);
  }
}
