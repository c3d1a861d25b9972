package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A crypto user's login to the nodes of a fleet. Whether it is logged in on a node, only the node
 * knows; where it is not any more, it logs in again with the next use. Control calls are made under
 * the fleet's monitor, crypto calls without a lock while no plan of faults is in force.
 */
final class SimulatedSession implements HsmSession {
  private static final List<Reason> WORST_FIRST =
      List.of(
          Reason.USER_NOT_FOUND,
          Reason.LOCKED_OUT,
          Reason.AUTH_FAILED,
          Reason.ALREADY_LOGGED_IN,
          Reason.CAPACITY,
          Reason.UNREACHABLE,
          Reason.OUTCOME_UNKNOWN,
          Reason.INTERNAL);

  /** Trying again would count, or be refused again. */
  private static final Set<Reason> FINAL =
      Set.of(Reason.USER_NOT_FOUND, Reason.LOCKED_OUT, Reason.AUTH_FAILED);

  private final Fleet fleet;
  private final String user;
  private final Passwords passwords;

  /** Nodes that refused the passwords: not asked again before they come back. */
  private final Set<HsmNode> refused = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /** Of the node that answered last. */
  private volatile @Nullable Sight latest;

  SimulatedSession(
      Fleet fleet, String user, SecretBytes password, @Nullable SecretBytes alternative) {
    this.fleet = fleet;
    this.user = user;
    this.passwords = new Passwords(password, alternative);
  }

  String user() {
    return user;
  }

  // logins

  /** Tries to log in on every active node; the worst answer, or null if all let it in. */
  @Nullable Reason logIntoAll() {
    Call call = new Call(FaultPoint.LOGIN, this, "");
    List<Outcome> outcomes = fleet.onEach(node -> logInto(call, node));
    for (Reason reason : WORST_FIRST) {
      for (Outcome outcome : outcomes) {
        if (outcome.failure() == reason) {
          return reason;
        }
      }
    }
    return null;
  }

  private @Nullable Reason logInto(Call call, HsmNode node) {
    Reason refusal = fleet.ask(call, node, () -> tryPasswords(node));
    if (refusal != null) {
      node.logout(user, this); // a login whose answer is lost ends with its connection
    }
    if (refusal != null && FINAL.contains(refusal)) {
      refused.add(node);
    }
    return refusal;
  }

  /** Tries the passwords on one node, each at most once. */
  private @Nullable Reason tryPasswords(HsmNode node) {
    Reason refusal = Reason.AUTH_FAILED;
    for (SecretBytes password : passwords.known()) {
      refusal = node.login(user, password, this);
      if (refusal != Reason.AUTH_FAILED) {
        break;
      }
    }
    return refusal;
  }

  /** A node came, came back, or was restarted. */
  void appeared(HsmNode node) {
    refused.remove(node);
    logInAgain(node);
  }

  /** A node has forgotten the login. */
  void lose(HsmNode node) {
    node.logout(user, this);
  }

  boolean serves(HsmNode node) {
    return fleet.answers(node) && (node.isLoggedIn(user, this) || logInAgain(node));
  }

  private boolean logInAgain(HsmNode node) {
    if (closed || refused.contains(node)) {
      return false;
    }
    synchronized (fleet) {
      if (!closed && fleet.answers(node) && !node.isLoggedIn(user, this)) {
        logInto(new Call(FaultPoint.LOGIN, this, "again"), node);
      }
      return !closed && node.isLoggedIn(user, this);
    }
  }

  // what a key store calls

  @Override
  public HsmKey generateAes256(BackingKeyId id, String label) {
    synchronized (fleet) {
      fleet.callBegins();
      requireOpen();
      fleet.requireFreeSession();
      List<HsmNode> serving = requireServing();
      KeyObject present = firstOwned(serving, id);
      if (serving.size() < fleet.quorum()) {
        throw belowQuorum(id, fleet.quorum());
      }
      KeyObject key = present == null ? fleet.keys().make(id, label, user, serving) : present;
      new Creation(fleet, this, key).run(serving, present == null);
      return new SimulatedKey(this, key);
    }
  }

  @Override
  public Optional<HsmKey> find(BackingKeyId id) {
    KeyObject key = lookUp(FaultPoint.FIND, id);
    return key == null ? Optional.empty() : Optional.of(new SimulatedKey(this, key));
  }

  @Override
  public List<HsmKey.Facts> list() {
    synchronized (fleet) {
      fleet.callBegins();
      requireOpen();
      Map<BackingKeyId, KeyObject> found = new LinkedHashMap<>();
      Call call = new Call(FaultPoint.LIST, this, "");
      Reason failure = null;
      boolean answered = false;
      for (HsmNode node : requireServing()) {
        Reason answer = fleet.ask(call, node, () -> listOn(node, found));
        answered |= answer == null;
        failure = answer == null ? failure : answer;
      }
      if (!answered && failure != null) {
        throw new HsmException(
            failure == Reason.NOT_LOGGED_IN ? Reason.UNREACHABLE : failure, "no HSM answered");
      }
      return found.values().stream().map(KeyObject::facts).toList();
    }
  }

  @Override
  public List<Outcome> destroy(BackingKeyId id) {
    synchronized (fleet) {
      fleet.callBegins();
      requireOpen();
      Call call = new Call(FaultPoint.DESTROY, this, id.toString());
      return onEachServing(call, node -> destroyOn(node, id));
    }
  }

  @Override
  public List<Outcome> changePassword(SecretBytes newPassword) {
    synchronized (fleet) {
      fleet.callBegins();
      requireOpen();
      SecretBytes fresh = Passwords.copy(newPassword);
      Call call = new Call(FaultPoint.CHANGE_PASSWORD, this, "");
      List<Outcome> outcomes =
          onEachServing(call, node -> node.changeOwnPassword(user, fresh, this));
      passwords.changed(fresh, outcomes.stream().allMatch(Outcome::done));
      return outcomes;
    }
  }

  private List<Outcome> onEachServing(Call call, Function<HsmNode, @Nullable Reason> work) {
    return fleet.onEach(
        node -> {
          serves(node);
          return fleet.ask(call, node, () -> work.apply(node));
        });
  }

  @Override
  public void random(byte[] into) {
    requireOpen();
    fleet.requireFreeSession();
    if (fleet.isUnderFaults()) {
      synchronized (fleet) {
        fleet.callBegins();
        new Failover(fleet, this, FaultPoint.RANDOM).any();
      }
    } else {
      requireServing();
    }
    fleet.randomNumbers().fill(into);
  }

  @Override
  public void close() {
    synchronized (fleet) {
      if (closed) {
        return;
      }
      fleet.callBegins();
      closed = true;
      Call call = new Call(FaultPoint.LOGOUT, this, "");
      for (HsmNode node : fleet.nodes()) {
        if (node.isLoggedIn(user, this)) {
          fleet.ask(call, node, () -> logOutOf(node));
          logOutOf(node); // whatever became of the request, the connection is closed
        }
      }
      fleet.closed(this);
      passwords.close();
    }
  }

  // the same on one node

  private @Nullable Reason logOutOf(HsmNode node) {
    node.logout(user, this);
    return null;
  }

  @Nullable Reason storeOn(HsmNode node, KeyObject key) {
    Reason refusal = present(node);
    if (refusal == null) {
      node.store(key);
    }
    return refusal;
  }

  @Nullable Reason destroyOn(HsmNode node, BackingKeyId id) {
    if (!node.isLoggedIn(user, this)) {
      return Reason.NOT_LOGGED_IN;
    }
    KeyObject key = node.key(id);
    if (key != null && !key.isOwnedBy(user)) {
      return Reason.DENIED;
    }
    node.destroy(id);
    if (key != null) {
      fleet.keys().isDestroyed(key);
    }
    return null;
  }

  @Nullable Reason present(HsmNode node) {
    return node.isLoggedIn(user, this) ? null : Reason.NOT_LOGGED_IN;
  }

  @Nullable Reason look(HsmNode node, BackingKeyId id) {
    Reason refusal = present(node);
    if (refusal != null) {
      return refusal;
    }
    KeyObject key = node.key(id);
    return key != null && key.isOwnedBy(user) ? null : Reason.KEY_NOT_FOUND;
  }

  private @Nullable Reason listOn(HsmNode node, Map<BackingKeyId, KeyObject> found) {
    for (KeyObject key : node.keys()) {
      if (key.isOwnedBy(user)) {
        found.putIfAbsent(key.id(), key);
      }
    }
    return null;
  }

  // keys in use

  /** The key as some node has it, for one use. */
  KeyObject use(FaultPoint point, BackingKeyId id) {
    KeyObject key = lookUp(point, id);
    if (key == null) {
      throw new HsmException(Reason.KEY_NOT_FOUND, "no HSM has the key " + id);
    }
    return key;
  }

  /** The same for cryptography, which wants a free PKCS #11 session of the client's as well. */
  KeyObject useForCrypto(FaultPoint point, BackingKeyId id) {
    fleet.requireFreeSession();
    return use(point, id);
  }

  /**
   * Whether a key can be used where it was last seen, without looking again: nothing hinders the
   * call, the node answers, and has lost nothing since.
   */
  boolean stillSees(Sight sight, KeyObject key) {
    return !closed
        && !fleet.isUnderFaults()
        && fleet.hasFreeSession()
        && key.isAcknowledged()
        && fleet.answers(sight.node())
        && sight.holds();
  }

  /**
   * Where the key is seen now; null if it is not seen as it should be, and has to be looked up each
   * time.
   */
  @Nullable Sight sightOf(KeyObject key) {
    for (HsmNode node : fleet.nodes()) {
      Sight sight = sightOf(node);
      if (serves(node)) {
        return node.key(key.id()) == key && key.isAcknowledged() && sight.holds() ? sight : null;
      }
    }
    return null;
  }

  private Sight sightOf(HsmNode node) {
    Sight known = latest;
    if (known != null && known.node() == node && known.holds()) {
      return known;
    }
    Sight fresh = Sight.of(node);
    latest = fresh;
    return fresh;
  }

  /** Null only if every active node said that it does not have the key. */
  private @Nullable KeyObject lookUp(FaultPoint point, BackingKeyId id) {
    requireOpen();
    if (fleet.isUnderFaults()) {
      synchronized (fleet) {
        fleet.callBegins();
        return new Failover(fleet, this, point).key(id);
      }
    }
    boolean active = false;
    boolean silent = false;
    KeyObject orphan = null;
    for (HsmNode node : fleet.nodes()) {
      active |= node.isActive();
      if (serves(node)) {
        KeyObject key = node.key(id);
        if (key != null && key.isOwnedBy(user)) {
          if (key.isAcknowledged()) {
            return key;
          }
          orphan = key;
        }
      } else {
        silent |= node.isActive();
      }
    }
    if ((orphan == null || !orphan.wasTold()) && (!active || silent)) {
      throw noAnswer(active);
    }
    return orphan;
  }

  private List<HsmNode> requireServing() {
    List<HsmNode> serving = new ArrayList<>();
    for (HsmNode node : fleet.nodes()) {
      if (serves(node)) {
        serving.add(node);
      }
    }
    if (serving.isEmpty()) {
      throw noAnswer(fleet.hasActive());
    }
    return serving;
  }

  private @Nullable KeyObject firstOwned(List<HsmNode> nodes, BackingKeyId id) {
    KeyObject orphan = null;
    for (HsmNode node : nodes) {
      KeyObject key = node.key(id);
      if (key != null && key.isOwnedBy(user)) {
        if (key.isAcknowledged()) {
          return key;
        }
        orphan = key;
      }
    }
    return orphan;
  }

  private void requireOpen() {
    if (closed) {
      throw new HsmException(Reason.NOT_LOGGED_IN, "the session is closed");
    }
  }

  static HsmException belowQuorum(BackingKeyId id, int quorum) {
    return new HsmException(
        Reason.BELOW_QUORUM,
        "Key "
            + id
            + " does not meet the availability requirements - The key must be available on at"
            + " least "
            + quorum
            + " HSMs before being used.");
  }

  static HsmException noAnswer(boolean active) {
    return active
        ? new HsmException(Reason.UNREACHABLE, "an active HSM does not answer")
        : new HsmException(Reason.NO_ACTIVE_HSM, "the cluster has no active HSM");
  }
}
