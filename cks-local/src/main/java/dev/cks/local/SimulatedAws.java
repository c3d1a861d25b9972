package dev.cks.local;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.aws.service.CksKmsClient;
import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.KeyStoreRequests;
import dev.cks.service.Quotas;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.Seed;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.AuditSink;
import java.time.Duration;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * One simulated AWS account and Region: KMS, and CloudHSM behind it. Several can live in one JVM
 * and share nothing. Thread-safe.
 *
 * <p>{@link #create()} gives a connected custom key store on three HSMs in three Availability
 * Zones. Time stands still until {@link #clock()} moves it, but for one millisecond with each
 * control-plane call. The same seed gives the same ids, states and events; ciphertexts differ every
 * time.
 *
 * <p>It is not an HSM: key material lives in the memory of this JVM. Policies and grants are not
 * evaluated.
 */
public final class SimulatedAws implements AutoCloseable {
  /** The name of the key store that is there from the start. */
  public static final String KEY_STORE_NAME = "ExampleKeyStore";

  private static final long DEFAULT_SEED = 1;

  private final SimulatedCloudHsm cloudHsm;
  private final SimulatedCloudHsm hiddenHsm;
  private final Kms core;
  private final KmsClient kms;
  private final SimulatedCluster cluster;
  private final String keyStoreId;

  private SimulatedAws(Builder plan) {
    Seed seed = Seed.of(plan.seed);
    VirtualClock clock = new VirtualClock();
    this.cloudHsm = new SimulatedCloudHsm(clock, seed);
    this.hiddenHsm = new SimulatedCloudHsm(clock, Seed.of(~plan.seed));
    this.core = Kms.create(config(plan, seed, clock));
    this.kms = new CksKmsClient(core);
    this.cluster =
        plan.clusterPlan
            .apply(cloudHsm.cluster())
            .kmsuserPassword(ClusterBuilder.KMSUSER_PASSWORD)
            .create();
    this.keyStoreId = plan.keyStore ? connectedKeyStore(core, cluster) : "";
  }

  private KmsConfig config(Builder plan, Seed seed, VirtualClock clock) {
    SimulatedCluster standardKeys =
        hiddenHsm.cluster().singleNode().keyLimit(Integer.MAX_VALUE).create();
    return KmsConfig.deterministic(clock, seed).toBuilder()
        .scope(plan.scope)
        .clusters(cloudHsm)
        .audit(plan.audit)
        .auditCrypto(plan.auditCrypto)
        .quotas(plan.quotas)
        .connectLatency(plan.connectLatency)
        .errorCodeOnlyWhileFailed(plan.errorCodeOnlyWhileFailed)
        .keyStateIgnoresMaterial(plan.keyStateIgnoresMaterial)
        .standardKeys(
            standardKeys,
            SimulatedCluster.KMSUSER,
            SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD))
        .build();
  }

  private static String connectedKeyStore(Kms kms, SimulatedCluster cluster) {
    Caller caller = kms.rootCaller();
    String id =
        kms.keyStores()
            .create(
                new KeyStoreRequests.Create(
                    KEY_STORE_NAME,
                    null,
                    cluster.id(),
                    cluster.facts().trustAnchor(),
                    SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD)),
                caller);
    kms.keyStores().connect(id, kms.rootCaller());
    return id;
  }

  /** A connected key store on three HSMs, in account 111122223333 and us-east-1. */
  public static SimulatedAws create() {
    return builder().build();
  }

  /** As {@link #create()}, with something changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** KMS as the AWS SDK's own interface: full exceptions, no retries, no HTTP. */
  public KmsClient kms() {
    return kms;
  }

  /** KMS as the library's own services. */
  public Kms core() {
    return core;
  }

  /** The CloudHSM service, for making further clusters. */
  public SimulatedCloudHsm cloudHsm() {
    return cloudHsm;
  }

  /** The cluster behind the key store that is there from the start. */
  public SimulatedCluster cluster() {
    return cluster;
  }

  /**
   * The id of the key store that is there from the start.
   *
   * @throws IllegalStateException if it was built {@link Builder#withoutKeyStore}
   */
  public String keyStoreId() {
    if (keyStoreId.isEmpty()) {
      throw new IllegalStateException("built without a key store: create one with kms()");
    }
    return keyStoreId;
  }

  /** The time that everything here goes by. */
  public VirtualClock clock() {
    return cloudHsm.clock();
  }

  /** Logs KMS out and wipes all key material. */
  @Override
  public void close() {
    kms.close();
    core.close();
    cloudHsm.close();
    hiddenHsm.close();
  }

  /** What can be changed of a {@link SimulatedAws}. Not thread-safe. */
  public static final class Builder {
    private long seed = DEFAULT_SEED;
    private AccountRegion scope = KmsConfig.EXAMPLE_SCOPE;
    private UnaryOperator<ClusterBuilder> clusterPlan = UnaryOperator.identity();
    private boolean keyStore = true;
    private AuditSink audit = AuditSink.none();
    private boolean auditCrypto;
    private Quotas quotas = Quotas.documented();
    private Duration connectLatency = Duration.ZERO;
    private boolean errorCodeOnlyWhileFailed;
    private boolean keyStateIgnoresMaterial;

    private Builder() {}

    /** The seed of ids, passwords, key material and data keys; 1 by default. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** Account and Region. */
    public Builder scope(AccountRegion accountAndRegion) {
      scope = accountAndRegion;
      return this;
    }

    /**
     * The first cluster, for example {@code cluster -> cluster.nodes(5)}. The first password of its
     * {@code kmsuser} is always {@link ClusterBuilder#KMSUSER_PASSWORD}.
     */
    public Builder cluster(UnaryOperator<ClusterBuilder> plan) {
      clusterPlan = plan;
      return this;
    }

    /** A cluster, but no key store on it yet. */
    public Builder withoutKeyStore() {
      keyStore = false;
      return this;
    }

    /** Where audit events go. */
    public Builder audit(AuditSink sink) {
      audit = sink;
      return this;
    }

    /** Whether successful cryptographic operations are recorded too. */
    public Builder auditCrypto(boolean on) {
      auditCrypto = on;
      return this;
    }

    /** KMS's quotas; AWS's by default. */
    public Builder quotas(Quotas limits) {
      quotas = limits;
      return this;
    }

    /** How long connecting and disconnecting take in virtual time; zero by default. */
    public Builder connectLatency(Duration latency) {
      connectLatency = latency;
      return this;
    }

    /** See {@link KmsConfig.Builder#errorCodeOnlyWhileFailed}. */
    public Builder errorCodeOnlyWhileFailed(boolean on) {
      errorCodeOnlyWhileFailed = on;
      return this;
    }

    /** See {@link KmsConfig.Builder#keyStateIgnoresMaterial}. */
    public Builder keyStateIgnoresMaterial(boolean on) {
      keyStateIgnoresMaterial = on;
      return this;
    }

    /** The account, ready to use. */
    public SimulatedAws build() {
      return new SimulatedAws(this);
    }
  }
}
