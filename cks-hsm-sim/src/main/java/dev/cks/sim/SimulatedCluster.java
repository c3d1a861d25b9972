package dev.cks.sim;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.keystore.KeyStoreRules;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.crypto.XaesSuite;
import dev.cks.sim.time.SeededStream;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A simulated CloudHSM cluster: what a key store sees of it ({@link HsmCluster}), and the hands of
 * the people who run it. Those methods cause what goes wrong in real clusters; none sets an error.
 * Where one takes the name of an HSM or a subnet, the name of its Availability Zone does too, and
 * means the first one there; an unknown name is an {@link IllegalArgumentException}. Outcomes name
 * each active HSM; one that is not active comes back as a copy of one that is. Thread-safe.
 */
public final class SimulatedCluster implements HsmCluster {
  /** The admin that a cluster starts with. */
  public static final String ADMIN = "admin";

  /** The crypto user that a key store logs in as. */
  public static final String KMSUSER = KeyStoreRules.KMSUSER;

  /** PKCS #11 sessions that a client application may have, over all its users. */
  public static final int SESSION_LIMIT = 1024;

  private final SimulatedCloudHsm service;
  private final String id;
  private final String lineage;
  private final String trustAnchor;
  private final int quorum;
  private final int keyLimit;
  private final int freeAddresses;
  private final Fleet fleet = new Fleet();
  private final Subnets subnets = new Subnets();
  private final XaesSuite suite = new XaesSuite();
  private final SeededStream material;
  private final SeededStream randomNumbers;
  private final SeededStream salts;
  private volatile ClusterState state;
  private volatile int occupiedSessions;

  SimulatedCluster(SimulatedCloudHsm service, ClusterBuilder plan) {
    this.service = service;
    this.id = service.ids().cluster();
    this.lineage = plan.lineage == null ? service.ids().lineage() : plan.lineage;
    this.trustAnchor = plan.trustAnchor;
    this.quorum = plan.quorum;
    this.keyLimit = plan.keyLimit;
    this.freeAddresses = plan.freeAddresses;
    this.state = plan.state;
    this.material = service.seed().stream("hsm-material/" + id);
    this.randomNumbers = service.seed().stream("hsm-random/" + id);
    this.salts = service.seed().stream("hsm-salts/" + id);
    plan.zones.forEach(this::addSubnet);
    for (int i = 0; i < plan.nodes; i++) {
      addHsm(plan.zones.get(i % plan.zones.size()));
    }
    createUser(ADMIN, plan.adminPassword, Role.ADMIN);
    createUser(KMSUSER, plan.kmsuserPassword, Role.CRYPTO_USER);
  }

  // what a key store sees

  /** The cluster's id. */
  public String id() {
    return id;
  }

  @Override
  public ClusterFacts facts() {
    List<Hsm> hsms =
        fleet.nodes().stream().map(node -> new Hsm(node.id(), node.zone(), node.state())).toList();
    return new ClusterFacts(id, state, lineage, trustAnchor, hsms, subnets.configured());
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return subnets.attach();
  }

  @Override
  public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
    synchronized (fleet) {
      if (!fleet.hasActive()) {
        throw new HsmException(Reason.NO_ACTIVE_HSM, "the cluster has no active HSM");
      }
      SimulatedSession session = new SimulatedSession(this, user, password, candidate);
      Reason refusal = session.logIntoAll();
      if (refusal != null) {
        session.close();
        throw new HsmException(refusal, "login of " + user + ": " + refusal);
      }
      fleet.opened(session);
      return session;
    }
  }

  // the operator's hands: users

  /**
   * Logs in as a crypto user like any client application: while this session is open, nobody else
   * can log in as that user.
   *
   * @throws HsmException as {@link #login}
   */
  public HsmSession loginAs(String user, String password) {
    try (SecretBytes secret = SecretBytes.ofText(password)) {
      return login(user, secret, null);
    }
  }

  /** Creates a user on every HSM that can be reached; {@code DENIED} where there is one already. */
  public List<Outcome> createUser(String name, String password, Role role) {
    byte[] salt = new byte[16];
    salts.fill(salt);
    try (SecretBytes secret = SecretBytes.ofText(password)) {
      NodeUser user = NodeUser.create(name, role, secret, salt);
      return fleet.onEach(node -> node.createUser(user));
    }
  }

  /**
   * An admin deletes a user on every HSM that can be reached. CloudHSM refuses it while the user is
   * logged in ({@code ALREADY_LOGGED_IN}) or owns keys ({@code DENIED}).
   */
  public List<Outcome> deleteUser(String name) {
    return fleet.onEach(node -> node.deleteUser(name));
  }

  /** The same on one HSM only; null if it was done. */
  public @Nullable Reason deleteUserOn(String hsm, String name) {
    synchronized (fleet) {
      HsmNode node = fleet.node(hsm);
      return fleet.answers(node) ? node.deleteUser(name) : Reason.UNREACHABLE;
    }
  }

  /**
   * An admin gives a user a new password on every HSM that can be reached, which also unlocks the
   * user there. Refused with {@code ALREADY_LOGGED_IN} while the user is logged in. HSMs that it
   * does not reach keep the old password: nothing tells them later.
   */
  public List<Outcome> changePassword(String user, String newPassword) {
    try (SecretBytes secret = SecretBytes.ofText(newPassword)) {
      return fleet.onEach(node -> node.changePassword(user, secret));
    }
  }

  // the operator's hands: keys

  /**
   * Deletes a key on every HSM that can be reached, as its owner can at any time.
   *
   * @param name the key's label, its handle, or its id in hex
   */
  public List<Outcome> deleteKey(String name) {
    synchronized (fleet) {
      BackingKeyId key =
          fleet.nodes().stream()
              .flatMap(node -> node.keys().stream())
              .filter(candidate -> candidate.answersTo(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no key " + name))
              .id();
      return fleet.onEach(
          node -> {
            node.destroy(key);
            return null;
          });
    }
  }

  /**
   * Says how many PKCS #11 sessions other users of the client application have open; from {@link
   * #SESSION_LIMIT} on, cryptographic calls fail with {@code CAPACITY}. 0 frees them again.
   */
  public void occupySessions(int count) {
    occupiedSessions = count;
  }

  // the operator's hands: HSMs and network

  /** Stops an HSM; its logins end. */
  public void stopNode(String hsm) {
    fleet.stop(fleet.node(hsm));
  }

  /** Starts a stopped HSM, as a copy of an active one if there is one. */
  public void startNode(String hsm) {
    fleet.start(fleet.node(hsm));
  }

  /**
   * Adds an HSM, as a copy of an active one; else of what the cluster had last.
   *
   * @return its id
   */
  public String addHsm(String zone) {
    if (subnets.configured().stream().noneMatch(subnet -> subnet.zone().equals(zone))) {
      throw new IllegalArgumentException("the cluster has no subnet in " + zone);
    }
    HsmNode node = new HsmNode(service.ids().hsm(), zone);
    fleet.add(node);
    return node.id();
  }

  /** Deletes an HSM. */
  public void removeHsm(String hsm) {
    fleet.remove(fleet.node(hsm));
  }

  /** Cuts every HSM of the cluster off from its clients; it stays active. */
  public void cutNetwork() {
    fleet.cutNetwork();
  }

  /** Ends {@link #cutNetwork}. */
  public void restoreNetwork() {
    fleet.restoreNetwork();
  }

  /** Cuts one HSM off from its clients; it stays active. */
  public void partition(String hsm) {
    fleet.partition(fleet.node(hsm));
  }

  /** Ends {@link #partition}; the HSM gets the keys that it missed, but no change of users. */
  public void heal(String hsm) {
    fleet.heal(fleet.node(hsm));
  }

  /** Deletes a subnet; the configuration of the cluster still names it, as CloudHSM's does. */
  public void deleteSubnet(String subnet) {
    subnets.delete(subnet);
  }

  /** Somebody else takes free addresses of a subnet; a negative count gives them back. */
  public void takeAddresses(String subnet, int count) {
    subnets.take(subnet, count);
  }

  /** How many free addresses a subnet has. */
  public int freeAddresses(String subnet) {
    return subnets.free(subnet);
  }

  // for assertions

  /** The keys on one HSM, the oldest first. */
  public List<HsmKey.Facts> keysOn(String hsm) {
    return fleet.node(hsm).keys().stream()
        .map(KeyObject::facts)
        .sorted(
            Comparator.comparing(HsmKey.Facts::created)
                .thenComparing(facts -> facts.id().toString()))
        .toList();
  }

  /** The users on one HSM, by name. */
  public List<UserView> users(String hsm) {
    return fleet.node(hsm).users();
  }

  // for the session

  Fleet fleet() {
    return fleet;
  }

  int quorum() {
    return quorum;
  }

  SeededStream randomNumbers() {
    return randomNumbers;
  }

  void requireFreeSession() {
    if (occupiedSessions >= SESSION_LIMIT) {
      throw new HsmException(
          Reason.CAPACITY, "all " + SESSION_LIMIT + " PKCS #11 sessions are in use");
    }
  }

  KeyObject newKey(BackingKeyId key, String label, String owner, List<HsmNode> nodes) {
    if (nodes.stream().anyMatch(node -> node.keyCount() >= keyLimit)) {
      throw new HsmException(Reason.CAPACITY, "the cluster has " + keyLimit + " keys, its limit");
    }
    byte[] bytes = new byte[32];
    material.fill(bytes);
    return new KeyObject(
        key, label, owner, service.nextHandle(), service.clock().now(), suite.key(bytes));
  }

  /** The cluster is deleted: nothing of it stays reachable. */
  void delete() {
    state = ClusterState.DELETED;
    fleet.eraseAll();
  }

  private void addSubnet(String zone) {
    subnets.add(new Subnet(service.ids().subnet(), zone), freeAddresses);
  }
}
