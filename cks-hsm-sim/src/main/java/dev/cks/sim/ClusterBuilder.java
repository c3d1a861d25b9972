package dev.cks.sim;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.api.ClusterMode;
import dev.cks.sim.api.NetworkType;
import dev.cks.sim.backup.BackupVault;
import dev.cks.sim.backup.StoredBackup.Family;
import dev.cks.sim.crypto.XaesSuite;
import dev.cks.sim.hsm.NodeContent;
import dev.cks.sim.hsm.UserRules;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a cluster to be made. Without a word: three HSMs in three Availability Zones of its
 * Region, active, with an admin and a {@code kmsuser}, and a first backup. It is there at once, and
 * no certificate is made for it before somebody looks. Not thread-safe.
 */
public final class ClusterBuilder {
  /** The first password of {@code kmsuser} unless told otherwise. */
  public static final String KMSUSER_PASSWORD = "kmsPswd01";

  /** The first password of {@code admin} unless told otherwise. */
  public static final String ADMIN_PASSWORD = "adminPswd01";

  /** CloudHSM's quota of keys. */
  public static final int KEYS_PER_CLUSTER = 3300;

  private final SimulatedCloudHsm service;
  private List<String> zones;
  private int nodes = 3;
  private int quorum = 2;
  private int keyLimit = KEYS_PER_CLUSTER;
  private int freeAddresses = 250;
  private Duration syncLag = Duration.ZERO;
  private int cipherContexts = XaesSuite.CONTEXTS;
  private int messagesPerPrefix = XaesSuite.BATCH;
  private String kmsuserPassword = KMSUSER_PASSWORD;
  private String adminPassword = ADMIN_PASSWORD;
  private String trustAnchor = resource("customerCA.crt");
  private @Nullable String lineage;
  private ClusterState state = ClusterState.ACTIVE;
  private String hsmType = HsmTypes.FIRST;
  private boolean counted;
  private boolean backedUp = true;

  ClusterBuilder(SimulatedCloudHsm service) {
    this.service = service;
    String region = service.scope().region();
    zones = List.of(region + "a", region + "b", region + "c");
  }

  /** The Availability Zones; there is a private subnet in each. */
  public ClusterBuilder zones(String... zones) {
    this.zones = List.of(zones);
    return this;
  }

  /** How many HSMs, spread over the zones. */
  public ClusterBuilder nodes(int nodes) {
    if (nodes < 0 || nodes > CloudHsmQuotas.HSMS_PER_CLUSTER) {
      throw new IllegalArgumentException("a cluster has 0 to 28 HSMs, not " + nodes);
    }
    this.nodes = nodes;
    return this;
  }

  /** One HSM that is enough for creating keys: what the standard keys of KMS live in. */
  public ClusterBuilder singleNode() {
    quorum = 1;
    return nodes(1).zones(zones.get(0));
  }

  /** The first password of {@code kmsuser}: 7 to 32 letters and digits. */
  public ClusterBuilder kmsuserPassword(String password) {
    kmsuserPassword = valid(password);
    return this;
  }

  /** The first password of {@code admin}: 7 to 32 letters and digits. */
  public ClusterBuilder adminPassword(String password) {
    adminPassword = valid(password);
    return this;
  }

  /** How many keys the cluster can hold; {@link Integer#MAX_VALUE} for no limit. */
  public ClusterBuilder keyLimit(int keys) {
    keyLimit = keys;
    return this;
  }

  /**
   * After how much virtual time a new key is copied from the two HSMs that creation puts it on to
   * the others, and what an HSM missed is copied to it once it is back; zero by default: at once.
   */
  public ClusterBuilder syncLag(Duration lag) {
    if (lag.isNegative()) {
      throw new IllegalArgumentException("keys cannot be copied before they are made: " + lag);
    }
    syncLag = lag;
    return this;
  }

  /**
   * How many ciphers that are ready for a key the cluster keeps, over all keys; 4 096 by default. A
   * cipher takes one to two kilobytes and ends with its key.
   */
  public ClusterBuilder cipherContexts(int contexts) {
    if (contexts < 1) {
      throw new IllegalArgumentException("no cluster works without a cipher: " + contexts);
    }
    cipherContexts = contexts;
    return this;
  }

  /** How many messages at most share the first half of their nonce; 2^20, the most, by default. */
  public ClusterBuilder messagesPerNoncePrefix(int messages) {
    if (messages < 1 || messages > XaesSuite.BATCH) {
      throw new IllegalArgumentException("1 to 2^20 messages share a prefix, not " + messages);
    }
    messagesPerPrefix = messages;
    return this;
  }

  /** How many free addresses each subnet has. */
  public ClusterBuilder freeAddresses(int addresses) {
    freeAddresses = addresses;
    return this;
  }

  /** The text of {@code customerCA.crt}. */
  public ClusterBuilder trustAnchor(String pem) {
    trustAnchor = pem;
    return this;
  }

  /** Shares the backup history of another cluster, but none of its keys and users. */
  public ClusterBuilder relatedTo(SimulatedCluster other) {
    lineage = other.facts().lineage();
    return trustAnchor(other.facts().trustAnchor());
  }

  /** The state that CloudHSM reports. */
  public ClusterBuilder state(ClusterState state) {
    this.state = state;
    return this;
  }

  /** The type of the HSMs; {@code hsm1.medium} unless told otherwise. */
  public ClusterBuilder hsmType(String type) {
    hsmType = type;
    return this;
  }

  /** It and its HSMs count towards the quotas of the account. */
  public ClusterBuilder countTowardsQuotas() {
    counted = true;
    return this;
  }

  /** It never has backups, which hold on to deleted keys; without HSMs it holds nothing. */
  public ClusterBuilder withoutBackups() {
    backedUp = false;
    return this;
  }

  /** Makes the cluster and registers it with the service. */
  public SimulatedCluster create() {
    synchronized (service.lock()) {
      String id = service.ids().cluster();
      Family family = family();
      SimulatedCluster cluster =
          new SimulatedCluster(
              service,
              site(id),
              new Condition(state, family, BackupVault.DEFAULT_RETENTION, null),
              new ClusterLimits(quorum, keyLimit, syncLag, cipherContexts, messagesPerPrefix));
      service.register(cluster);
      populate(cluster);
      leaveFree(cluster);
      return cluster;
    }
  }

  private Family family() {
    String fingerprint = lineage == null ? service.ids().lineage() : lineage;
    return new Family(
        fingerprint,
        trustAnchor,
        () -> service.certificatesOf(fingerprint),
        hsmType,
        ClusterMode.FIPS);
  }

  private Site site(String id) {
    int perZone = (nodes + zones.size() - 1) / Math.max(1, zones.size());
    AddressPlan plan = AddressPlan.forHosts(freeAddresses + perZone);
    String vpc = service.network().createVpc(plan.vpc());
    Map<String, String> subnets = new LinkedHashMap<>();
    for (String zone : zones) {
      subnets.put(zone, service.network().createSubnet(vpc, zone, plan.subnet(subnets.size())));
    }
    return new Site(
        id, service.clock().now(), vpc, subnets, NetworkType.IPV4, null, counted, backedUp);
  }

  private void populate(SimulatedCluster cluster) {
    NodeContent content = cluster.factorySettings(adminPassword, kmsuserPassword);
    if (nodes == 0 && backedUp) {
      cluster.backups().keep(content);
    }
    cluster.fleet().restore(content);
    for (int i = 0; i < nodes; i++) {
      cluster.rack().arrived(cluster.reserve(zones.get(i % zones.size()), null));
    }
    if (cluster.isInUse()) {
      cluster.startBackups(Duration.ZERO);
    }
  }

  private void leaveFree(SimulatedCluster cluster) {
    for (String zone : zones) {
      cluster.takeAddresses(zone, cluster.freeAddresses(zone) - freeAddresses);
    }
  }

  private static String valid(String password) {
    try (SecretBytes secret = SecretBytes.ofText(password)) {
      if (!UserRules.isPassword(secret)) {
        throw new IllegalArgumentException("a password has 7 to 32 letters and digits");
      }
    }
    return password;
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(ClusterBuilder.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
