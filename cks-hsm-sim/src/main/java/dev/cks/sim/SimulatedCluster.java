package dev.cks.sim;

import dev.cks.domain.keystore.KeyStoreRules;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.sim.console.Workstation;
import dev.cks.sim.fault.Faults;
import dev.cks.sim.hsm.Fleet;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.hsm.NodeContent;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.tool.HsmConsole;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
  public static final int SESSION_LIMIT = Fleet.SESSION_LIMIT;

  private final SimulatedCloudHsm service;
  private final Site site;
  private final Fleet fleet;
  private final Rack rack;
  private final ClusterBackups backups;
  private final SeededStream salts;
  private final Workstation workstation;
  private final ClusterNetwork network;
  private volatile Condition condition;
  private volatile Map<String, String> tags = Map.of();

  /** Set by the first password of an admin; read when the state is asked for. */
  private volatile boolean activated;

  SimulatedCluster(
      SimulatedCloudHsm service, Site site, Condition condition, ClusterLimits limits) {
    this.service = service;
    this.site = site;
    this.condition = condition;
    this.fleet = new Fleet(limits.plan(service, site.id()));
    this.rack = new Rack(site, fleet, service.network());
    this.salts = service.seed().stream("hsm-salts/" + site.id());
    this.workstation =
        new Workstation(fleet, service.seed().stream("hsm-console-salts/" + site.id()));
    this.backups =
        new ClusterBackups(
            site, fleet, service.vault(), service.clock(), this::family, service.lock());
    this.network = new ClusterNetwork(site, fleet, service.network());
    fleet.onActivation(this::adminHasPassword);
  }

  // what a key store sees

  /** The cluster's id. */
  public String id() {
    return site.id();
  }

  @Override
  public ClusterFacts facts() {
    Family family = family();
    List<Subnet> subnets = new ArrayList<>();
    for (Map.Entry<String, String> subnet : site.subnets().entrySet()) {
      subnets.add(new Subnet(subnet.getValue(), subnet.getKey()));
    }
    return new ClusterFacts(
        id(),
        state(),
        family.lineage(),
        family.trustAnchor(),
        rack.facts(),
        subnets,
        network.portsOpen());
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return fleet.attach(() -> network.attach(keyStoreId));
  }

  @Override
  public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
    return fleet.login(user, password, candidate);
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

  /**
   * Creates a user on every HSM that can be reached. {@code DENIED} where there is one already, if
   * the name is not 1 to 31 letters, digits and underscores, if the password is not 7 to 32 letters
   * and digits, or for a role that people do not give; {@code CAPACITY} beyond 1,024 users.
   */
  public List<Outcome> createUser(String name, String password, Role role) {
    byte[] salt = new byte[16];
    salts.fill(salt);
    try (SecretBytes secret = SecretBytes.ofText(password)) {
      return fleet.onEach(
          "create user " + name, node -> node.createUser(name, role, secret, salt).reason());
    }
  }

  /**
   * An admin deletes a user on every HSM that can be reached. CloudHSM refuses it while the user is
   * logged in ({@code ALREADY_LOGGED_IN}) or owns keys ({@code DENIED}).
   */
  public List<Outcome> deleteUser(String name) {
    return fleet.onEach("delete user " + name, node -> node.deleteUser(name));
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
   * user there. Refused with {@code ALREADY_LOGGED_IN} while the user is logged in, and with {@code
   * DENIED} unless the password is 7 to 32 letters and digits. HSMs that it does not reach keep the
   * old password: nothing tells them later.
   */
  public List<Outcome> changePassword(String user, String newPassword) {
    try (SecretBytes secret = SecretBytes.ofText(newPassword)) {
      return fleet.onEach("change password of " + user, node -> node.changePassword(user, secret));
    }
  }

  /**
   * Starts one of CloudHSM's command-line tools on the operator's computer. There is one computer
   * for each cluster, and on it one client daemon, through which {@code key_mgmt_util} logs in.
   */
  public HsmConsole console(HsmConsole.Dialect dialect) {
    return workstation.start(dialect);
  }

  // the operator's hands: keys

  /**
   * Deletes a key on every HSM that can be reached, as its owner can at any time.
   *
   * @param name the key's label, its handle, or its id in hex
   */
  public List<Outcome> deleteKey(String name) {
    synchronized (fleet) {
      return fleet.destroy(
          fleet.nodes().stream()
              .flatMap(node -> node.keys().stream())
              .filter(candidate -> candidate.answersTo(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no key " + name)));
    }
  }

  /**
   * Says how many PKCS #11 sessions other users of the client application have open; from {@link
   * #SESSION_LIMIT} on, cryptographic calls fail with {@code CAPACITY}. 0 frees them again.
   */
  public void occupySessions(int count) {
    fleet.occupySessions(count);
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
   * Adds an HSM at once, as a copy of an active one; else of the last backup.
   *
   * @return its id
   * @throws IllegalArgumentException if there is no room for one more
   */
  public String addHsm(String zone) {
    synchronized (service.lock()) {
      if (rack.size() >= CloudHsmQuotas.HSMS_PER_CLUSTER) {
        throw new IllegalArgumentException("a cluster has at most 28 HSMs");
      }
      Rack.Slot slot = reserve(zone, null);
      backupOfChange(Duration.ZERO);
      arrived(slot);
      return slot.id();
    }
  }

  /** Deletes an HSM at once, after a backup of it. */
  public void removeHsm(String hsm) {
    synchronized (service.lock()) {
      Rack.Slot slot = rack.find(fleet.node(hsm).id()).orElseThrow();
      backupOfChange(Duration.ZERO);
      rack.leaving(slot);
      rack.left(slot);
    }
  }

  /**
   * Gives the admin of an initialised cluster its first password, which activates the cluster.
   *
   * @throws IllegalStateException if the cluster is in another state, or has no HSM
   */
  public void activate(String adminPassword) {
    if (state() != ClusterState.INITIALIZED || !fleet.hasActive()) {
      throw new IllegalStateException("cluster " + id() + " is " + state() + ", not INITIALIZED");
    }
    try (SecretBytes password = SecretBytes.ofText(adminPassword)) {
      fleet.onEach(node -> node.activate(password).reason());
    }
  }

  /** Cuts every HSM of the cluster off from its clients; it stays active. */
  public void cutNetwork() {
    network.cut(true);
  }

  /** Ends {@link #cutNetwork}. */
  public void restoreNetwork() {
    network.cut(false);
  }

  /** The id of the cluster's security group, for {@link SimulatedCloudHsm#network()}. */
  public String securityGroup() {
    return network.securityGroup();
  }

  /** Removes a rule of the cluster's security group: no client reaches an HSM any more. */
  public void revokeRule(Direction direction) {
    network.revoke(direction);
  }

  /** Puts the rule back. */
  public void restoreRule(Direction direction) {
    network.authorize(direction);
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
    network.deleteSubnet(subnet);
  }

  /** Somebody else takes free addresses of a subnet; a negative count gives them back. */
  public void takeAddresses(String subnet, int count) {
    network.takeAddresses(subnet, count);
  }

  /** How many free addresses a subnet has. */
  public int freeAddresses(String subnet) {
    return network.freeAddresses(subnet);
  }

  /** What is to go wrong in this cluster, and what did. */
  public Faults faults() {
    return fleet.board();
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

  /** The labels of the keys on one HSM, in no order; cheaper than {@link #keysOn}. */
  public List<String> labelsOn(String hsm) {
    return fleet.node(hsm).keys().stream().map(KeyObject::label).toList();
  }

  /** The users on one HSM, by their numbers. */
  public List<UserView> users(String hsm) {
    return fleet.node(hsm).users();
  }

  /** The HSMs as the service describes them, the oldest first. */
  public List<Hsm> hsms() {
    return rack.describe(family().hsmType());
  }

  /** What the consoles and the service work on. */
  Fleet fleet() {
    return fleet;
  }

  // for the service, under its lock

  Site site() {
    return site;
  }

  Rack rack() {
    return rack;
  }

  ClusterBackups backups() {
    return backups;
  }

  Family family() {
    return condition.family();
  }

  Condition condition() {
    return condition;
  }

  void become(Condition changed) {
    condition = changed;
  }

  Map<String, String> tags() {
    return tags;
  }

  void tag(Map<String, String> changed) {
    tags = Map.copyOf(changed);
  }

  /** What is shown: activation and growing HSMs show in the stored state. */
  ClusterState state() {
    ClusterState stored = condition.state();
    if (activated && stored == ClusterState.INITIALIZED) {
      stored = ClusterState.ACTIVE;
    }
    return stored == ClusterState.ACTIVE && rack.isGrowing()
        ? ClusterState.UPDATE_IN_PROGRESS
        : stored;
  }

  /** Whether backups make sense: a cluster that nobody activated holds nothing. */
  boolean isInUse() {
    return activated || condition.state() == ClusterState.ACTIVE;
  }

  /** May be called while the fleet is locked, so it waits for nothing. */
  private void adminHasPassword() {
    if (activated) {
      return; // each HSM tells
    }
    activated = true;
    Duration latency = service.latencies().backup();
    service.clock().at(service.clock().now(), "activation of " + id(), () -> startBackups(latency));
  }

  void startBackups(Duration latency) {
    synchronized (service.lock()) {
      if (service.has(this)) {
        backups.start(latency, () -> service.has(this));
      }
    }
  }

  Rack.Slot reserve(String zone, @Nullable String ip) {
    return rack.reserve(service.ids().hsm(), zone, ip, network.securityGroup());
  }

  void backupOfChange(Duration latency) {
    if (isInUse()) {
      backups.take(latency);
    }
  }

  void arrived(Rack.Slot slot) {
    if (fleet.nodes().isEmpty()) {
      backups.restoreNewest();
    }
    rack.arrived(slot);
  }

  /** The first HSM of a new cluster brings the request for its certificate. */
  void becomeIdentified() {
    Family family = family();
    condition =
        condition.of(
            new Family(
                family.lineage(),
                family.trustAnchor(),
                () -> service.requestOf(id()),
                family.hsmType(),
                family.mode()));
  }

  /** What every HSM of a cluster holds that is ready to be used by a key store. */
  NodeContent factorySettings(String adminPassword, String kmsuserPassword) {
    HsmNode scratch = new HsmNode("", "", "");
    byte[] salt = new byte[16];
    salts.fill(salt);
    try (SecretBytes admin = SecretBytes.ofText(adminPassword);
        SecretBytes kmsuser = SecretBytes.ofText(kmsuserPassword)) {
      scratch.activate(admin);
      scratch.createUser(KMSUSER, Role.CRYPTO_USER, kmsuser, salt);
    }
    return scratch.content();
  }

  /** The cluster is deleted: nothing of it stays reachable. */
  void delete() {
    condition = condition.in(ClusterState.DELETED);
    rack.clear();
    network.delete();
  }
}
