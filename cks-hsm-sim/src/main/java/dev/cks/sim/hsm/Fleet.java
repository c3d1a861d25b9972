package dev.cks.sim.hsm;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.crypto.XaesSuite;
import dev.cks.sim.fault.Faults;
import dev.cks.sim.time.SeededStream;
import dev.cks.spi.Attachment;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster and the network before them. Whoever outside calls a node asks {@link
 * #answers} first, or goes through {@link #onEach}: the one gate. Changes are made by one thread at
 * a time (the fleet's monitor); reading and the encrypt path take no lock.
 */
public final class Fleet {
  /** PKCS #11 sessions that a client application may have, over all its users. */
  public static final int SESSION_LIMIT = 1024;

  private final Plan plan;
  private volatile List<HsmNode> nodes = List.of();
  private volatile boolean network = true;

  /** In the order in which they were opened, so that a history can be repeated. */
  private final Set<SimulatedSession> sessions = new LinkedHashSet<>();

  private volatile int occupiedSessions;
  private volatile Runnable activation = () -> {};

  /** Null: no plan of faults is in force. */
  private volatile @Nullable FaultInjector faults;

  private final FaultBoard board;
  private final KeySync keySync;
  private final LateWork lateWork;
  private final NodeCopies copies;
  private final FleetKeys keys;

  /**
   * What the HSMs of a cluster share.
   *
   * @param cluster the cluster's id
   * @param quorum on how many HSMs a key must be before it is used
   * @param keyLimit how many keys the cluster can hold
   * @param syncLag after how much virtual time keys are copied to the other HSMs
   * @param handles gives key handles, each once
   * @param chance decides whether faults strike
   */
  public record Plan(
      String cluster,
      int quorum,
      int keyLimit,
      Duration syncLag,
      XaesSuite suite,
      SeededStream material,
      SeededStream randomNumbers,
      Timeline clock,
      IntSupplier handles,
      SeededStream chance,
      JournalLog journal) {}

  /** No HSMs yet. */
  public Fleet(Plan plan) {
    this.plan = plan;
    this.board = new FaultBoard(this, plan.chance());
    this.keySync = new KeySync(this, plan.clock(), plan.syncLag());
    this.lateWork = new LateWork(this, plan.clock(), plan.journal());
    this.copies = new NodeCopies(this);
    this.keys = new FleetKeys(this, plan);
  }

  public List<HsmNode> nodes() {
    return nodes;
  }

  public boolean hasActive() {
    for (HsmNode node : nodes) {
      if (node.isActive()) {
        return true;
      }
    }
    return false;
  }

  private List<HsmNode> active() {
    List<HsmNode> active = new ArrayList<>();
    for (HsmNode node : nodes) {
      if (node.isActive()) {
        active.add(node);
      }
    }
    return active;
  }

  /** Whether a client's request reaches the node. */
  public boolean answers(HsmNode node) {
    return network && node.isActive() && !node.isPartitioned();
  }

  /**
   * Asks every active node; one that does not answer counts as {@code UNREACHABLE}. Nodes that are
   * not active are left out: they come back as a copy of one that is.
   */
  public synchronized List<Outcome> onEach(Function<HsmNode, @Nullable Reason> call) {
    List<Outcome> outcomes = new ArrayList<>();
    for (HsmNode node : active()) {
      outcomes.add(new Outcome(node.id(), answers(node) ? call.apply(node) : Reason.UNREACHABLE));
    }
    return List.copyOf(outcomes);
  }

  /** The same for an operator; what came of it is in the journal. */
  public synchronized List<Outcome> onEach(
      String what, Function<HsmNode, @Nullable Reason> operation) {
    List<Outcome> outcomes = onEach(operation);
    outcomes.forEach(outcome -> entered(what, outcome.hsm(), outcome.failure()));
    return outcomes;
  }

  /** An operator destroys a key. */
  public synchronized List<Outcome> destroy(KeyObject key) {
    return onEach(
        "delete key " + key.handle(),
        node -> {
          node.destroy(key.id());
          keys.isDestroyed(key);
          return null;
        });
  }

  /** A client's request to one node, or the cluster's own; null means done. */
  @Nullable Reason ask(Call call, HsmNode node, Supplier<@Nullable Reason> work) {
    FaultInjector injector = faults;
    Reason answer;
    if (injector == null) {
      answer = answers(node) ? work.get() : Reason.UNREACHABLE;
    } else {
      answer = injector.ask(call, node, work);
    }
    if (call.isEntered()) {
      KeyObject key = call.key();
      boolean missed = call.session() == null && key != null && node.lacks(key) && answer == null;
      String outcome = answer == null ? missed ? "missed" : "done" : answer.toString();
      plan.journal().enter(call.who(), call.what(), node.id(), outcome);
    }
    if (call.isEntered() || injector != null) {
      plan.journal().count(node.id(), call.point());
    }
    return answer;
  }

  /** KMS takes addresses: the service's work, no HSM takes part. */
  public synchronized Attachment attach(Supplier<Attachment> work) {
    FaultInjector injector = faults;
    Attachment attachment = injector == null ? work.get() : injector.attach(work);
    entered("kms", "ATTACH", plan.cluster(), null);
    return attachment;
  }

  private void entered(String what, String where, @Nullable Reason failure) {
    entered("operator", what, where, failure);
  }

  private void entered(String who, String what, String where, @Nullable Reason failure) {
    plan.journal().enter(who, what, where, failure);
  }

  /** The node with this id, or the first one in this zone. */
  public HsmNode node(String idOrZone) {
    for (HsmNode node : nodes) {
      if (node.id().equals(idOrZone) || node.zone().equals(idOrZone)) {
        return node;
      }
    }
    throw new IllegalArgumentException("no HSM " + idOrZone);
  }

  /** Adds a node, as a copy of what the cluster knows if it knows anything. */
  public synchronized void add(HsmNode node) {
    node.onActivation(() -> activation.run());
    boolean starts = copies.copyInto(node);
    List<HsmNode> more = new ArrayList<>(nodes);
    more.add(node);
    nodes = List.copyOf(more);
    entered("add", node.id(), null);
    if (starts) {
      running(node);
    }
  }

  public synchronized void remove(HsmNode node) {
    nodes = nodes.stream().filter(other -> other != node).toList();
    lateWork.drop(node);
    node.erase();
    entered("remove", node.id(), null);
  }

  /** What the next node becomes if it is the only one; the content is the fleet's from now on. */
  public synchronized void restore(NodeContent content) {
    copies.keep(content);
  }

  /**
   * What a backup made now would hold; null without nodes. An active node is asked first.
   *
   * @param before an older one, shared where nothing has changed since
   */
  public synchronized @Nullable NodeContent snapshot(@Nullable NodeContent before) {
    return copies.snapshot(before);
  }

  /**
   * Whom to tell that the admin got its first password on some node: the cluster is active then.
   * Told once for each node, within the call that did it; must not wait for anybody.
   */
  public void onActivation(Runnable listener) {
    activation = listener;
  }

  public synchronized void stop(HsmNode node) {
    entered("stop", node.id(), null);
    fail(node);
  }

  /** Stops, by whatever cause. */
  void fail(HsmNode node) {
    node.stop();
    lateWork.drop(node);
  }

  /** Starts a stopped node as a copy of a live one. */
  public synchronized void start(HsmNode node) {
    if (!node.isActive()) {
      entered("start", node.id(), null);
      startAgain(node);
    }
  }

  void startAgain(HsmNode node) {
    if (!node.isActive() && (!hasActive() || copies.copyInto(node))) {
      node.start();
      running(node);
    }
  }

  /** It runs, and is a copy as far as it can be one. */
  private void running(HsmNode node) {
    FaultInjector injector = faults;
    if (injector != null) {
      injector.copied(node);
    }
    if (answers(node)) {
      appeared(node);
      keySync.everything();
    }
  }

  public synchronized void partition(HsmNode node) {
    entered("partition", node.id(), null);
    disconnect(node);
  }

  void disconnect(HsmNode node) {
    node.setPartitioned(true);
  }

  public synchronized void heal(HsmNode node) {
    entered("heal", node.id(), null);
    reconnect(node);
  }

  void reconnect(HsmNode node) {
    node.setPartitioned(false);
    reappeared(node);
    keySync.everything();
  }

  public synchronized void cutNetwork() {
    network = false;
    entered("cut the network", plan.cluster(), null);
  }

  public synchronized void restoreNetwork() {
    network = true;
    entered("restore the network", plan.cluster(), null);
    recover();
  }

  /** Everybody who is there is there again. */
  void recover() {
    for (HsmNode node : nodes) {
      reappeared(node);
    }
    keySync.everything();
  }

  /** PKCS #11 sessions that other users of the client application have open. */
  public void occupySessions(int count) {
    occupiedSessions = count;
  }

  boolean hasFreeSession() {
    return occupiedSessions < SESSION_LIMIT;
  }

  void requireFreeSession() {
    if (!hasFreeSession()) {
      throw new HsmException(
          Reason.CAPACITY, "all " + SESSION_LIMIT + " PKCS #11 sessions are in use");
    }
  }

  /** On how many HSMs a key must be before it is used. */
  public int quorum() {
    return plan.quorum();
  }

  SeededStream randomNumbers() {
    return plan.randomNumbers();
  }

  /** Makes keys, and knows when nobody counts on one any more. */
  FleetKeys keys() {
    return keys;
  }

  /** A key that a person asked for; it is on no node yet, so give it to one. */
  public synchronized KeyObject newKey(KeyTemplate template, String owner) {
    return keys.make(template, owner);
  }

  /** Whether a node has room for another key. */
  public boolean hasRoom(HsmNode node) {
    return keys.hasRoom(node);
  }

  /** Logs a crypto user in on each active HSM. */
  public synchronized HsmSession login(
      String user, SecretBytes password, @Nullable SecretBytes candidate) {
    callBegins();
    if (!hasActive()) {
      throw new HsmException(Reason.NO_ACTIVE_HSM, "the cluster has no active HSM");
    }
    SimulatedSession session = new SimulatedSession(this, user, password, candidate);
    Reason refusal = session.logIntoAll();
    if (refusal != null) {
      session.close();
      throw new HsmException(refusal, "login of " + user + ": " + refusal);
    }
    sessions.add(session);
    return session;
  }

  // faults

  public Faults board() {
    return board;
  }

  boolean isUnderFaults() {
    return faults != null;
  }

  @Nullable FaultInjector faults() {
    return faults;
  }

  void faults(@Nullable FaultInjector injector) {
    faults = injector;
  }

  /** A client begins a call. */
  void callBegins() {
    FaultInjector injector = faults;
    if (injector != null) {
      injector.callBegins();
    }
  }

  String cluster() {
    return plan.cluster();
  }

  Timeline clock() {
    return plan.clock();
  }

  JournalLog journal() {
    return plan.journal();
  }

  KeySync keySync() {
    return keySync;
  }

  LateWork lateWork() {
    return lateWork;
  }

  List<HsmNode> inZone(String zone) {
    return nodes.stream().filter(node -> node.zone().equals(zone)).toList();
  }

  // keys

  /** Somebody with the right to it destroys a key on one node: nobody counts on it any more. */
  public synchronized HsmReturn destroy(HsmNode node, Object session, int handle) {
    KeyObject key = node.key(handle);
    HsmReturn answer = node.destroy(session, handle);
    if (answer == HsmReturn.SUCCESS && key != null) {
      keys.isDestroyed(key);
    }
    return answer;
  }

  synchronized void closed(SimulatedSession session) {
    sessions.remove(session);
  }

  public synchronized void eraseAll() {
    for (HsmNode node : nodes) {
      node.erase();
    }
    nodes = List.of();
    copies.keep(null);
  }

  private void reappeared(HsmNode node) {
    if (answers(node)) {
      appeared(node);
    }
  }

  private void appeared(HsmNode node) {
    for (SimulatedSession session : sessions) {
      session.appeared(node);
    }
  }
}
