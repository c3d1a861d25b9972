package dev.cks.sim;

import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.HsmCluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The simulated CloudHSM service of one account and Region. Everything it makes up comes from its
 * seed, all time from its clock. Starts no threads. Thread-safe; close it to wipe all key material.
 */
public final class SimulatedCloudHsm implements ClusterDirectory, AutoCloseable {
  /** Key handles look like CloudHSM's, and are never handed out twice. */
  private static final int FIRST_HANDLE = 262_162;

  private final VirtualClock clock;
  private final Seed seed;
  private final Ids ids;
  private final AtomicInteger handles = new AtomicInteger(FIRST_HANDLE);
  private final Map<String, SimulatedCluster> clusters = new ConcurrentHashMap<>();

  /** A service without clusters. */
  public SimulatedCloudHsm(VirtualClock clock, Seed seed) {
    this.clock = clock;
    this.seed = seed;
    this.ids = new Ids(seed.stream("hsm-ids"));
  }

  /** A service of its own clock, with this seed. */
  public static SimulatedCloudHsm withSeed(long seed) {
    return new SimulatedCloudHsm(new VirtualClock(), Seed.of(seed));
  }

  /** The clock that everything here goes by. */
  public VirtualClock clock() {
    return clock;
  }

  /** The seed that everything here comes from. */
  public Seed seed() {
    return seed;
  }

  /** Describes a new cluster; it exists once {@link ClusterBuilder#create()} is called. */
  public ClusterBuilder cluster() {
    return new ClusterBuilder(this);
  }

  @Override
  public Optional<HsmCluster> find(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId));
  }

  /** The clusters there are, in the order of their ids. */
  public List<SimulatedCluster> clusters() {
    return clusters.values().stream()
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .toList();
  }

  /**
   * Deletes a cluster with its HSMs; open sessions find no active HSM.
   *
   * @throws IllegalArgumentException if there is no such cluster
   */
  public void deleteCluster(String clusterId) {
    SimulatedCluster cluster = clusters.remove(clusterId);
    if (cluster == null) {
      throw new IllegalArgumentException("no cluster " + clusterId);
    }
    cluster.delete();
  }

  /** Deletes all clusters and wipes their keys. */
  @Override
  public void close() {
    clusters().forEach(cluster -> deleteCluster(cluster.id()));
  }

  SimulatedCluster register(SimulatedCluster cluster) {
    clusters.put(cluster.id(), cluster);
    return cluster;
  }

  Ids ids() {
    return ids;
  }

  int nextHandle() {
    return handles.getAndIncrement();
  }
}
