package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.internal.IdTable;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.HsmException.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One appliance, with its own users, failed-login counters, logins and keys. It knows nothing of
 * its cluster, which is why nodes can disagree, and it alone decides what is permitted: where a
 * method takes a session, with the rights of the user that is logged in by it. Where a method
 * returns a reason, {@code null} means done. Thread-safe.
 */
public final class HsmNode {
  private static final class Keys extends IdTable<BackingKeyId, KeyObject> {
    @Override
    protected BackingKeyId idOf(KeyObject key) {
      return key.id();
    }
  }

  private final String id;
  private final String zone;
  private final String address;
  private final NodeUsers users = new NodeUsers();
  private final Keys keys = new Keys();

  /** Handles of keys that were destroyed here and that another node may still have. */
  private final Set<Integer> tombstones = ConcurrentHashMap.newKeySet();

  /** Those of {@link #keys} that end with a login, so that a logout need not look at all. */
  private final Set<KeyObject> sessionKeys = ConcurrentHashMap.newKeySet();

  private volatile HsmState state = HsmState.ACTIVE;
  private volatile boolean partitioned;
  private volatile Runnable onActivation = () -> {};

  /** How often a login or a key was lost here, by whatever cause. */
  private final AtomicInteger losses = new AtomicInteger();

  /** An HSM as it leaves the factory: an unactivated admin, the appliance user, no keys. */
  public HsmNode(String id, String zone, String address) {
    this.id = id;
    this.zone = zone;
    this.address = address;
  }

  public String id() {
    return id;
  }

  public String zone() {
    return zone;
  }

  /** Its IP address. */
  public String address() {
    return address;
  }

  public HsmState state() {
    return state;
  }

  public boolean isActive() {
    return state == HsmState.ACTIVE;
  }

  public boolean isPartitioned() {
    return partitioned;
  }

  public void setPartitioned(boolean partitioned) {
    this.partitioned = partitioned;
  }

  /**
   * As long as this number stays the same, no login and no key that was here before has gone. It
   * changes after the loss and before whoever caused it is told, so a use that reads the old number
   * began before.
   */
  int losses() {
    return losses.get();
  }

  /** Switches off; logins do not survive that. */
  public synchronized void stop() {
    state = HsmState.DEGRADED;
    users.logoutAll();
    losses.incrementAndGet();
    dropSessionKeys();
  }

  public synchronized void start() {
    state = HsmState.ACTIVE;
  }

  // logins

  /** Checks the password of a crypto user, and nothing but the password of this very node. */
  public @Nullable Reason login(String name, SecretBytes password, Object session) {
    return login(Role.CRYPTO_USER, name, password, session).reason();
  }

  /** Logs a session in; a session is one user only. */
  public synchronized HsmReturn login(
      Role role, String name, SecretBytes password, Object session) {
    return users.login(role, name, password, session);
  }

  /** Ends this user's login by a session, if there is one. */
  public synchronized void logout(String name, Object session) {
    if (users.isLoggedIn(name, session)) {
      logout(session);
    }
  }

  /** Ends a session's login; session keys end with it. */
  public synchronized HsmReturn logout(Object session) {
    HsmReturn answer = users.logout(session);
    losses.incrementAndGet();
    dropSessionKeys();
    return answer;
  }

  public boolean isLoggedIn(String name, Object session) {
    return users.isLoggedIn(name, session);
  }

  /** As whom a session is logged in; null if it is not. */
  public synchronized @Nullable UserView userOf(Object session) {
    NodeUser user = users.userOf(session);
    return user == null ? null : user(user.name());
  }

  // users

  /** A user changes its own password. */
  public synchronized @Nullable Reason changeOwnPassword(
      String name, SecretBytes password, Object session) {
    return users.isLoggedIn(name, session)
        ? users.changeOwnPassword(name, password).reason()
        : Reason.NOT_LOGGED_IN;
  }

  /** An admin changes somebody's password, which also unlocks. */
  public synchronized @Nullable Reason changePassword(String name, SecretBytes password) {
    return users.changePassword(null, name, password).reason();
  }

  /** One's own password, or as an admin anybody's, which also unlocks. */
  public HsmReturn changePassword(Object session, Role role, String name, SecretBytes password) {
    boolean activated;
    HsmReturn answer;
    synchronized (this) {
      boolean before = users.isActivated();
      answer = users.changePassword(session, role, name, password);
      activated = users.isActivated() && !before;
    }
    if (activated) {
      onActivation.run();
    }
    return answer;
  }

  /** Gives the factory's admin its first password; refused ever after. */
  public HsmReturn activate(SecretBytes password) {
    HsmReturn answer;
    synchronized (this) {
      answer = users.activate(password);
    }
    if (answer == HsmReturn.SUCCESS) {
      onActivation.run();
    }
    return answer;
  }

  public synchronized boolean isActivated() {
    return users.isActivated();
  }

  /** Whom to tell that the admin got its first password; called without this node's monitor. */
  void onActivation(Runnable listener) {
    onActivation = listener;
  }

  public synchronized HsmReturn createUser(
      String name, Role role, SecretBytes password, byte[] salt) {
    return users.create(name, role, password, salt);
  }

  /** With the rights of a session. */
  public synchronized HsmReturn createUser(
      Object session, String name, Role role, SecretBytes password, byte[] salt) {
    HsmReturn right = users.requireAdmin(session);
    return right == HsmReturn.SUCCESS ? users.create(name, role, password, salt) : right;
  }

  /** Refused as CloudHSM refuses it: while the user is logged in or owns keys. */
  public synchronized @Nullable Reason deleteUser(String name) {
    return users.delete(null, name, this::ownsKeys).reason();
  }

  /** With the rights of a session. */
  public synchronized HsmReturn deleteUser(Object session, Role role, String name) {
    HsmReturn right = users.requireAdmin(session);
    return right == HsmReturn.SUCCESS ? users.delete(role, name, this::ownsKeys) : right;
  }

  /** By number; anybody may read this. */
  public synchronized List<UserView> users() {
    return users.views();
  }

  private @Nullable UserView user(String name) {
    return users.views().stream().filter(user -> user.name().equals(name)).findFirst().orElse(null);
  }

  // keys

  public @Nullable KeyObject key(BackingKeyId key) {
    return keys.get(key);
  }

  public @Nullable KeyObject key(int handle) {
    return keys.values().stream().filter(key -> key.handle() == handle).findFirst().orElse(null);
  }

  public Collection<KeyObject> keys() {
    return keys.values();
  }

  /** By handle. */
  public List<KeyObject> keysOwnedBy(String user) {
    return keys.values().stream()
        .filter(key -> key.isOwnedBy(user))
        .sorted(Comparator.comparingInt(KeyObject::handle))
        .toList();
  }

  public int keyCount() {
    return keys.size();
  }

  /** Whether a session may use, read and delete a key: the owner may. */
  public synchronized HsmReturn access(Object session, int handle) {
    NodeUser user = users.userOf(session);
    if (user == null) {
      return HsmReturn.NOT_LOGGED_IN;
    }
    KeyObject key = key(handle);
    if (key == null) {
      return HsmReturn.NO_SUCH_KEY;
    }
    return key.isOwnedBy(user.name()) ? HsmReturn.SUCCESS : HsmReturn.KEY_ACCESS_DENIED;
  }

  /** Whether a session may see the handles of a user's keys: that user and admins may. */
  public synchronized HsmReturn accessToHandles(Object session, int userId) {
    NodeUser user = users.userOf(session);
    if (user == null) {
      return HsmReturn.NOT_LOGGED_IN;
    }
    return user.role() == Role.ADMIN || user.id() == userId
        ? HsmReturn.SUCCESS
        : HsmReturn.NOT_PERMITTED;
  }

  /** Whether a session may own keys: a crypto user may. */
  public synchronized HsmReturn accessToKeys(Object session) {
    return users.requireRole(Role.CRYPTO_USER, session);
  }

  /** Deletes a key with the rights of a session. */
  public synchronized HsmReturn destroy(Object session, int handle) {
    HsmReturn right = access(session, handle);
    KeyObject key = key(handle);
    if (right == HsmReturn.SUCCESS && key != null) {
      destroy(key.id());
    }
    return right;
  }

  /** Takes a key that a session made. */
  public synchronized HsmReturn store(Object session, KeyObject key) {
    HsmReturn right = accessToKeys(session);
    if (right == HsmReturn.SUCCESS) {
      store(key);
    }
    return right;
  }

  /**
   * Takes a key unless it is there already, or belongs to a session that is not here; a user who
   * brings it means it. What an interrupted creation left under its id gives way.
   */
  public void store(KeyObject key) {
    if (!key.isPersistent() && !users.isLoggedIn(key.owner())) {
      return;
    }
    tombstones.remove(key.handle());
    KeyObject present = keys.get(key.id());
    if (present == key || (present != null && present.isAcknowledged())) {
      return;
    }
    put(key);
    if (!key.isPersistent()) {
      sessionKeys.add(key);
    }
  }

  private void put(KeyObject key) {
    key.retain();
    KeyObject replaced = keys.put(key);
    if (replaced != null) {
      losses.incrementAndGet();
      replaced.release();
    }
  }

  /** Drops a key; that it is gone already is as good. */
  public void destroy(BackingKeyId id) {
    KeyObject key = keys.remove(id);
    if (key != null) {
      tombstones.add(key.handle());
      sessionKeys.remove(key);
      losses.incrementAndGet();
      key.release();
    }
  }

  private boolean ownsKeys(String user) {
    return keys.values().stream().anyMatch(key -> key.isOwnedBy(user));
  }

  private void dropSessionKeys() {
    sessionKeys.stream()
        .filter(key -> !users.isLoggedIn(key.owner()))
        .map(KeyObject::id)
        .toList()
        .forEach(this::destroy);
  }

  /** Whether synchronisation would bring this key. */
  boolean lacks(KeyObject key) {
    KeyObject present = keys.get(key.id());
    return key.isPersistent()
        && (present == null || (present != key && outranks(key, present)))
        && !tombstones.contains(key.handle());
  }

  /** Takes a key from another node. */
  void synchronise(KeyObject key) {
    if (lacks(key)) {
      put(key);
    }
  }

  /** Nobody was told of what an interrupted creation left: it gives way to the key of its id. */
  private static boolean outranks(KeyObject key, KeyObject present) {
    return key.isAcknowledged() && !present.isAcknowledged();
  }

  Set<Integer> tombstones() {
    return tombstones;
  }

  /** No other node has the key any more, or somebody wants it again. */
  void forgetDestroyed(int handle) {
    tombstones.remove(handle);
  }

  /** A copy of a node also knows what was destroyed there. */
  void inheritTombstones(HsmNode model) {
    tombstones.clear();
    tombstones.addAll(model.tombstones());
  }

  // copies

  public synchronized NodeContent content() {
    return new NodeContent(users.copy(), keysById());
  }

  /** The same; shares the maps of an older copy if nothing has changed since. */
  synchronized NodeContent content(@Nullable NodeContent before) {
    if (before != null && users.copy().equals(before.users()) && holds(before.keys())) {
      return new NodeContent(before.users(), before.keys());
    }
    return content();
  }

  private Map<BackingKeyId, KeyObject> keysById() {
    Map<BackingKeyId, KeyObject> byId = new HashMap<>();
    keys.values().forEach(key -> byId.put(key.id(), key));
    return byId;
  }

  private boolean holds(Map<BackingKeyId, KeyObject> others) {
    return keys.size() == others.size()
        && keys.values().stream().allMatch(key -> key.equals(others.get(key.id())));
  }

  /** Becomes a copy, without logins. */
  public synchronized void become(NodeContent content) {
    users.become(content.users());
    losses.incrementAndGet();
    content.keys().values().forEach(this::store);
    keys.values().stream()
        .map(KeyObject::id)
        .filter(key -> !content.keys().containsKey(key))
        .toList()
        .forEach(this::destroy);
    tombstones.clear();
  }

  /** Lets everything go. */
  public synchronized void erase() {
    stop();
    users.become(Map.of());
    losses.incrementAndGet();
    keys.values().stream().map(KeyObject::id).toList().forEach(this::destroy);
    tombstones.clear();
  }
}
