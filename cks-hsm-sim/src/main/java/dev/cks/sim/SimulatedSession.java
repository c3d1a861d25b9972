package dev.cks.sim;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretAccess;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A crypto user's login to the nodes of a cluster. Whether it is logged in on a node, only the node
 * knows. Control calls are made under the fleet's monitor, crypto calls without a lock.
 */
final class SimulatedSession implements HsmSession {
  private static final List<Reason> WORST_FIRST =
      List.of(
          Reason.USER_NOT_FOUND,
          Reason.LOCKED_OUT,
          Reason.AUTH_FAILED,
          Reason.ALREADY_LOGGED_IN,
          Reason.UNREACHABLE);

  private final SimulatedCluster cluster;
  private final Fleet fleet;
  private final String user;
  private SecretBytes password;

  /** Tried where the password is refused: some nodes may have missed a change. */
  private @Nullable SecretBytes alternative;

  private volatile boolean closed;

  SimulatedSession(
      SimulatedCluster cluster,
      String user,
      SecretBytes password,
      @Nullable SecretBytes alternative) {
    this.cluster = cluster;
    this.fleet = cluster.fleet();
    this.user = user;
    this.password = copy(password);
    this.alternative = alternative == null ? null : copy(alternative);
  }

  /** Tries to log in on every active node; the worst answer, or null if all let it in. */
  @Nullable Reason logIntoAll() {
    List<@Nullable Reason> answers = new ArrayList<>();
    for (HsmNode node : fleet.nodes()) {
      if (node.isActive()) {
        answers.add(logInto(node));
      }
    }
    return WORST_FIRST.stream().filter(answers::contains).findFirst().orElse(null);
  }

  /** Tries the passwords on one node, each at most once. */
  private @Nullable Reason logInto(HsmNode node) {
    if (!fleet.answers(node)) {
      return Reason.UNREACHABLE;
    }
    Reason refusal = node.login(user, password, this);
    SecretBytes other = alternative;
    return refusal == Reason.AUTH_FAILED && other != null ? node.login(user, other, this) : refusal;
  }

  /** A node came, came back, or was restarted. */
  void appeared(HsmNode node) {
    if (!closed && fleet.answers(node) && !node.isLoggedIn(user, this)) {
      logInto(node);
    }
  }

  @Override
  public HsmKey generateAes256(BackingKeyId id, String label) {
    synchronized (fleet) {
      requireOpen();
      cluster.requireFreeSession();
      List<HsmNode> serving = requireServing();
      KeyObject present = firstOwned(serving, id);
      if (serving.size() < cluster.quorum()) {
        throw belowQuorum(id);
      }
      KeyObject key = present == null ? cluster.newKey(id, label, user, serving) : present;
      serving.forEach(node -> node.store(key));
      return new SimulatedKey(this, key);
    }
  }

  @Override
  public Optional<HsmKey> find(BackingKeyId id) {
    KeyObject key = lookUp(id);
    return key == null ? Optional.empty() : Optional.of(new SimulatedKey(this, key));
  }

  @Override
  public List<HsmKey.Facts> list() {
    requireOpen();
    Map<BackingKeyId, KeyObject> found = new LinkedHashMap<>();
    for (HsmNode node : requireServing()) {
      for (KeyObject key : node.keys()) {
        if (key.isOwnedBy(user)) {
          found.putIfAbsent(key.id(), key);
        }
      }
    }
    return found.values().stream().map(KeyObject::facts).toList();
  }

  @Override
  public List<Outcome> destroy(BackingKeyId id) {
    synchronized (fleet) {
      requireOpen();
      return fleet.onEach(node -> destroyOn(node, id));
    }
  }

  @Override
  public List<Outcome> changePassword(SecretBytes newPassword) {
    synchronized (fleet) {
      requireOpen();
      List<Outcome> outcomes =
          fleet.onEach(node -> node.changeOwnPassword(user, newPassword, this));
      adopt(newPassword, outcomes.stream().allMatch(Outcome::done));
      return outcomes;
    }
  }

  @Override
  public void random(byte[] into) {
    requireOpen();
    cluster.requireFreeSession();
    requireServing();
    cluster.randomNumbers().fill(into);
  }

  @Override
  public void close() {
    synchronized (fleet) {
      if (closed) {
        return;
      }
      closed = true;
      fleet.nodes().forEach(node -> node.logout(user, this));
      fleet.closed(this);
      password.close();
      closeAlternative();
    }
  }

  /** The key as some node has it, for one use. */
  KeyObject use(BackingKeyId id) {
    KeyObject key = lookUp(id);
    if (key == null) {
      throw new HsmException(Reason.KEY_NOT_FOUND, "no HSM has the key " + id);
    }
    return key;
  }

  KeyObject useForCrypto(BackingKeyId id) {
    cluster.requireFreeSession();
    return use(id);
  }

  /** Null only if every active node said that it does not have the key. */
  private @Nullable KeyObject lookUp(BackingKeyId id) {
    requireOpen();
    boolean active = false;
    boolean silent = false;
    for (HsmNode node : fleet.nodes()) {
      active |= node.isActive();
      if (serves(node)) {
        KeyObject key = node.key(id);
        if (key != null && key.isOwnedBy(user)) {
          return key;
        }
      } else {
        silent |= node.isActive();
      }
    }
    if (!active || silent) {
      throw noAnswer(active);
    }
    return null;
  }

  private boolean serves(HsmNode node) {
    return fleet.answers(node) && node.isLoggedIn(user, this);
  }

  private List<HsmNode> requireServing() {
    List<HsmNode> serving = fleet.nodes().stream().filter(this::serves).toList();
    if (serving.isEmpty()) {
      throw noAnswer(fleet.hasActive());
    }
    return serving;
  }

  private @Nullable KeyObject firstOwned(List<HsmNode> nodes, BackingKeyId id) {
    for (HsmNode node : nodes) {
      KeyObject key = node.key(id);
      if (key != null && key.isOwnedBy(user)) {
        return key;
      }
    }
    return null;
  }

  private @Nullable Reason destroyOn(HsmNode node, BackingKeyId id) {
    if (!node.isLoggedIn(user, this)) {
      return Reason.NOT_LOGGED_IN;
    }
    KeyObject key = node.key(id);
    if (key != null && !key.isOwnedBy(user)) {
      return Reason.DENIED;
    }
    node.destroy(id);
    return null;
  }

  private void adopt(SecretBytes newPassword, boolean everywhere) {
    SecretBytes before = password;
    password = copy(newPassword);
    closeAlternative();
    if (everywhere) {
      before.close();
    } else {
      alternative = before;
    }
  }

  private void closeAlternative() {
    SecretBytes other = alternative;
    if (other != null) {
      other.close();
      alternative = null;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new HsmException(Reason.NOT_LOGGED_IN, "the session is closed");
    }
  }

  private HsmException belowQuorum(BackingKeyId id) {
    return new HsmException(
        Reason.BELOW_QUORUM,
        "Key "
            + id
            + " does not meet the availability requirements - The key must be available on at"
            + " least "
            + cluster.quorum()
            + " HSMs before being used.");
  }

  private static HsmException noAnswer(boolean active) {
    return active
        ? new HsmException(Reason.UNREACHABLE, "an active HSM does not answer")
        : new HsmException(Reason.NO_ACTIVE_HSM, "the cluster has no active HSM");
  }

  private static SecretBytes copy(SecretBytes secret) {
    byte[] open = secret.reveal(SecretAccess.granted());
    try {
      return SecretBytes.copyOf(open);
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }
}
