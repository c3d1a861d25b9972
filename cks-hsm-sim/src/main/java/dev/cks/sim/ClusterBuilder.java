package dev.cks.sim;

import dev.cks.spi.ClusterFacts.ClusterState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Describes a cluster to be made. Without a word: three HSMs in three Availability Zones of
 * us-east-1, active, with an admin and a {@code kmsuser}. Not thread-safe.
 */
public final class ClusterBuilder {
  /** The first password of {@code kmsuser} unless told otherwise. */
  public static final String KMSUSER_PASSWORD = "kmsPswd01";

  /** The first password of {@code admin} unless told otherwise. */
  public static final String ADMIN_PASSWORD = "adminPswd01";

  /** CloudHSM's quota of keys. */
  public static final int KEYS_PER_CLUSTER = 3300;

  /** CloudHSM's quota of HSMs. */
  private static final int HSMS_PER_CLUSTER = 28;

  private final SimulatedCloudHsm service;
  List<String> zones = List.of("us-east-1a", "us-east-1b", "us-east-1c");
  int nodes = 3;
  int quorum = 2;
  int keyLimit = KEYS_PER_CLUSTER;
  int freeAddresses = 250;
  String kmsuserPassword = KMSUSER_PASSWORD;
  String adminPassword = ADMIN_PASSWORD;
  String trustAnchor = resource("customerCA.crt");
  @Nullable String lineage;
  ClusterState state = ClusterState.ACTIVE;

  ClusterBuilder(SimulatedCloudHsm service) {
    this.service = service;
  }

  /** The Availability Zones; there is a private subnet in each. */
  public ClusterBuilder zones(String... zones) {
    this.zones = List.of(zones);
    return this;
  }

  /** How many HSMs, spread over the zones. */
  public ClusterBuilder nodes(int nodes) {
    if (nodes < 0 || nodes > HSMS_PER_CLUSTER) {
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

  /** The first password of {@code kmsuser}. */
  public ClusterBuilder kmsuserPassword(String password) {
    kmsuserPassword = password;
    return this;
  }

  /** The first password of {@code admin}. */
  public ClusterBuilder adminPassword(String password) {
    adminPassword = password;
    return this;
  }

  /** How many keys the cluster can hold; {@link Integer#MAX_VALUE} for no limit. */
  public ClusterBuilder keyLimit(int keys) {
    keyLimit = keys;
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

  /** Makes the cluster and registers it with the service. */
  public SimulatedCluster create() {
    return service.register(new SimulatedCluster(service, this));
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
