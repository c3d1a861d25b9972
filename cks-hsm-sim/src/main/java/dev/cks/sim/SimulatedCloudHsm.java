package dev.cks.sim;

import dev.cks.KmsConfig;
import dev.cks.domain.key.AccountRegion;
import dev.cks.sim.api.Certificates;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.sim.backup.BackupVault;
import dev.cks.sim.hsm.JournalLog;
import dev.cks.sim.journal.Journal;
import dev.cks.sim.network.Network;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.AuditSink;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.HsmCluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The simulated CloudHSM service of one account and Region. Everything it makes up comes from its
 * seed, all time from its clock. Starts no threads. Thread-safe; close it to wipe all key material.
 *
 * <p>There are two ways to a cluster. {@link #cluster()} makes one that is ready at once, as tests
 * want it. {@link #api()} is the service's own API, where everything takes its steps and its time.
 * The people who run a cluster work on {@link SimulatedCluster}, those who run the VPCs on {@link
 * #network()}.
 */
public final class SimulatedCloudHsm implements ClusterDirectory, AutoCloseable {
  /** Key handles look like CloudHSM's, and are never handed out twice. */
  private static final int FIRST_HANDLE = 262_162;

  private final VirtualClock clock;
  private final Seed seed;
  private final AccountRegion scope;
  private final Latencies latencies;
  private final CloudHsmQuotas quotas;
  private final BackupShelf shelf;
  private final Ids ids;
  private final Network network;
  private final BackupVault vault;
  private final CloudHsmV2 api;
  private final AtomicInteger handles = new AtomicInteger(FIRST_HANDLE);
  private final JournalLog journal;
  private final Map<String, SimulatedCluster> clusters = new ConcurrentHashMap<>();
  private final Map<String, Certificates> certificates = new ConcurrentHashMap<>();
  private final Tombstones tombstones = new Tombstones();

  /** Held by whatever changes clusters and HSMs; taken before the monitor of a fleet. */
  private final Object lock = new Object();

  /** A service without clusters, with everything as documented. */
  public SimulatedCloudHsm(VirtualClock clock, Seed seed) {
    this(builder(clock, seed));
  }

  private SimulatedCloudHsm(Builder plan) {
    this.clock = plan.clock;
    this.seed = plan.seed;
    this.journal = new JournalLog(clock);
    this.scope = plan.scope;
    this.latencies = plan.latencies;
    this.quotas = plan.quotas;
    this.shelf = plan.shelf;
    this.ids = new Ids(seed.stream("hsm-ids"));
    this.network = new Network(seed.stream("network-ids"));
    Ids backupIds = new Ids(seed.stream("backup-ids/" + scope.region()));
    this.vault = new BackupVault(scope, clock, backupIds::backup);
    shelf.put(vault);
    this.api = new ApiService(this, new Trail(plan.audit, clock, seed.stream("hsm-event-ids")));
  }

  /** A service of its own clock, with this seed. */
  public static SimulatedCloudHsm withSeed(long seed) {
    return new SimulatedCloudHsm(new VirtualClock(), Seed.of(seed));
  }

  /** Describes a service that differs from what is documented. */
  public static Builder builder(VirtualClock clock, Seed seed) {
    return new Builder(clock, seed);
  }

  /** The clock that everything here goes by. */
  public VirtualClock clock() {
    return clock;
  }

  /** The seed that everything here comes from. */
  public Seed seed() {
    return seed;
  }

  /** The account and Region. */
  public AccountRegion scope() {
    return scope;
  }

  /** The service's API: the 18 operations of CloudHSM v2. */
  public CloudHsmV2 api() {
    return api;
  }

  /** The VPCs of the account, for making subnets and for breaking them. */
  public Network network() {
    return network;
  }

  /** What happened in all clusters. */
  public Journal journal() {
    return journal;
  }

  /** Describes a new cluster; it exists once {@link ClusterBuilder#create()} is called. */
  public ClusterBuilder cluster() {
    return new ClusterBuilder(this);
  }

  @Override
  public Optional<HsmCluster> find(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId));
  }

  /**
   * The cluster with this id, for the people who run it.
   *
   * @throws IllegalArgumentException if there is no such cluster
   */
  public SimulatedCluster cluster(String clusterId) {
    return known(clusterId).orElseThrow(() -> noCluster(clusterId));
  }

  /** The clusters there are, in the order of their ids. */
  public List<SimulatedCluster> clusters() {
    return clusters.values().stream()
        .sorted((one, other) -> one.id().compareTo(other.id()))
        .toList();
  }

  /**
   * Deletes a cluster with its HSMs at once, after a last backup; open sessions find no active HSM.
   *
   * @throws IllegalArgumentException if there is no such cluster
   */
  public void deleteCluster(String clusterId) {
    synchronized (lock) {
      SimulatedCluster cluster = cluster(clusterId);
      if (!cluster.hsms().isEmpty()) {
        cluster.backupOfChange(Duration.ZERO);
      }
      unregister(cluster);
    }
  }

  /** Deletes all clusters and backups, wipes their keys, and leaves the shelf. */
  @Override
  public void close() {
    synchronized (lock) {
      for (SimulatedCluster cluster : clusters()) {
        unregister(cluster);
      }
      vault.clear();
      shelf.remove(vault);
    }
  }

  // for the parts of the service

  Optional<SimulatedCluster> known(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId));
  }

  boolean has(SimulatedCluster cluster) {
    return clusters.get(cluster.id()) == cluster;
  }

  void register(SimulatedCluster cluster) {
    clusters.put(cluster.id(), cluster);
    vault.retention(cluster.id(), cluster.condition().retentionDays());
  }

  void unregister(SimulatedCluster cluster) {
    clusters.remove(cluster.id());
    cluster.delete();
    tombstones.add(cluster, clock.now());
  }

  /** Goes on with a cluster that is still there; at once if it takes no time. */
  void later(Duration latency, String what, SimulatedCluster cluster, Runnable work) {
    if (latency.isZero()) {
      work.run();
      return;
    }
    clock.at(
        clock.now().plus(latency),
        what,
        () -> {
          synchronized (lock) {
            if (has(cluster)) {
              work.run();
            }
          }
        });
  }

  Tombstones tombstones() {
    return tombstones;
  }

  Object lock() {
    return lock;
  }

  Latencies latencies() {
    return latencies;
  }

  CloudHsmQuotas quotas() {
    return quotas;
  }

  BackupVault vault() {
    return vault;
  }

  BackupShelf shelf() {
    return shelf;
  }

  JournalLog log() {
    return journal;
  }

  Ids ids() {
    return ids;
  }

  int nextHandle() {
    return handles.getAndIncrement();
  }

  /** The certificates of a ready-made cluster and its relatives, made when first looked at. */
  Certificates certificatesOf(String lineage) {
    return certificates.computeIfAbsent(
        lineage,
        name -> {
          SeededStream random = seed.stream("hsm-certificates/" + name);
          return ClusterIdentity.initialised(name.substring(name.length() - 11), random);
        });
  }

  /** The request and the certificates of a cluster that nobody has signed for yet. */
  Certificates requestOf(String clusterId) {
    return certificates.computeIfAbsent(
        clusterId, name -> ClusterIdentity.fresh(name, seed.stream("hsm-certificates/" + name)));
  }

  private static IllegalArgumentException noCluster(String clusterId) {
    return new IllegalArgumentException("no cluster " + clusterId);
  }

  /** What can be changed of a {@link SimulatedCloudHsm}. Not thread-safe. */
  public static final class Builder {
    private final VirtualClock clock;
    private final Seed seed;
    private AccountRegion scope = KmsConfig.EXAMPLE_SCOPE;
    private AuditSink audit = AuditSink.none();
    private Latencies latencies = Latencies.realistic();
    private CloudHsmQuotas quotas = CloudHsmQuotas.documented();
    private BackupShelf shelf = new BackupShelf();

    private Builder(VirtualClock clock, Seed seed) {
      this.clock = clock;
      this.seed = seed;
    }

    /** Account and Region; 111122223333 and us-east-1 by default. */
    public Builder scope(AccountRegion accountAndRegion) {
      scope = accountAndRegion;
      return this;
    }

    /** Where the events of API calls go; nowhere by default. */
    public Builder audit(AuditSink sink) {
      audit = sink;
      return this;
    }

    /** How long things take; {@link Latencies#realistic()} by default. */
    public Builder latencies(Latencies durations) {
      latencies = durations;
      return this;
    }

    /** How many there may be; {@link CloudHsmQuotas#documented()} by default. */
    public Builder quotas(CloudHsmQuotas limits) {
      quotas = limits;
      return this;
    }

    /** Where services of other Regions find this one's backups; nowhere by default. */
    public Builder shelf(BackupShelf backups) {
      shelf = backups;
      return this;
    }

    /**
     * The service.
     *
     * @throws IllegalArgumentException if the shelf has a service in this Region already
     */
    public SimulatedCloudHsm build() {
      return new SimulatedCloudHsm(this);
    }
  }
}
