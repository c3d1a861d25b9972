package dev.cks.local;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.audit.AuditTrail;
import dev.cks.aws.http.Credentials;
import dev.cks.aws.http.Endpoint;
import dev.cks.aws.inprocess.InProcessAws;
import dev.cks.aws.inprocess.Takeover;
import dev.cks.aws.service.CksKmsClient;
import dev.cks.domain.key.AccountRegion;
import dev.cks.service.Quotas;
import dev.cks.sim.ClusterBuilder;
import dev.cks.sim.SimulatedCloudHsm;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.VirtualClock;
import dev.cks.spi.AuditSink;
import dev.cks.spi.MetadataStore;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
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
  private static final int TRAIL_CAPACITY = 10_000;

  private final Builder plan;
  private final RegionsOfAccount account;
  private final AuditTrail trail = AuditTrail.ofCapacity(TRAIL_CAPACITY);
  private final KmsClient kms;
  private volatile World world;
  private volatile @Nullable Fronts fronts;

  private SimulatedAws(Builder plan, RegionsOfAccount account) {
    this.plan = plan;
    this.account = account;
    this.world = new World(plan, account.shelf(), trail);
    this.kms = new CksKmsClient(this::core, () -> core().rootCaller());
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

  /**
   * KMS through the SDK's own client, in process: it signs, retries in real time, and calls
   * interceptors as against AWS. Closed with this.
   */
  public KmsClient kmsThroughSdk() {
    return fronts().kmsThroughSdk();
  }

  /** The same as the SDK's asynchronous client. */
  public KmsAsyncClient kmsAsync() {
    return fronts().kmsAsync();
  }

  /** CloudHSM v2 as the AWS SDK's own interface: full exceptions, no retries, no HTTP. */
  public CloudHsmV2Client cloudHsmV2() {
    return fronts().cloudHsmV2();
  }

  /**
   * CloudTrail as the AWS SDK's own interface: LookupEvents over {@link #trail()}, the last 90 days
   * of it; every other operation answers {@code UnknownOperationException}.
   */
  public CloudTrailClient cloudTrail() {
    return fronts().cloudTrail();
  }

  /**
   * Points the builder of a KMS, CloudHSM v2 or CloudTrail client at this account: sets its HTTP
   * client, Region and credentials; see {@link InProcessAws#configure}.
   *
   * @return the same builder
   */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(B builder) {
    return fronts().inProcess().configure(builder);
  }

  /**
   * The same for an asynchronous client's builder.
   *
   * @return the same builder
   */
  public <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
      B builder) {
    return fronts().inProcess().configure(builder);
  }

  /**
   * Redirects, in the whole JVM, every AWS client that is built without an HTTP client of its own
   * to this account: see {@link InProcessAws#takeOver}.
   *
   * @return ends it; {@link #close()} does too
   * @throws IllegalStateException if another one is not over, or if it comes too late
   */
  public Takeover takeOver() {
    return fronts().takeOver();
  }

  /**
   * All three services behind a port on loopback, for other processes: requests are signed with
   * AWS's documentation example credentials and come from the account's root user.
   *
   * @return closes with this, or earlier
   * @throws UncheckedIOException if no port can be had
   */
  public Endpoint endpoint() {
    return endpoint(builder -> builder.credentials(Credentials.example(plan.scope.rootArn())));
  }

  /**
   * The same, planned by the caller: without {@link Endpoint.Builder#credentials} no request is
   * answered.
   *
   * @return closes with this, or earlier
   * @throws UncheckedIOException if the address or port cannot be had
   */
  public Endpoint endpoint(UnaryOperator<Endpoint.Builder> planned) {
    return fronts().endpoint(planned);
  }

  private Fronts fronts() {
    Fronts known = fronts;
    return known != null ? known : makeFronts();
  }

  private synchronized Fronts makeFronts() {
    Fronts known = fronts;
    if (known == null) {
      known = new Fronts(this, plan.scope);
      fronts = known;
    }
    return known;
  }

  /** KMS as the library's own services, until {@link #reset}. */
  public Kms core() {
    return world.core();
  }

  /** The CloudHSM service, for making further clusters, until {@link #reset}. */
  public SimulatedCloudHsm cloudHsm() {
    return world.cloudHsm();
  }

  /** The cluster behind the key store that is there from the start, until {@link #reset}. */
  public SimulatedCluster cluster() {
    return world.cluster();
  }

  /**
   * The id of the key store that is there from the start.
   *
   * @throws IllegalStateException if it was built {@link Builder#withoutKeyStore}
   */
  public String keyStoreId() {
    return world.keyStoreId();
  }

  /**
   * What happened here: the latest 10 000 events, refusals included. Successful cryptographic
   * operations are left out unless it was built with {@link Builder#auditCrypto}.
   */
  public AuditTrail trail() {
    return trail;
  }

  /** The time that everything here goes by, until {@link #reset}. */
  public VirtualClock clock() {
    return cloudHsm().clock();
  }

  /** The account and Region. */
  public AccountRegion scope() {
    return plan.scope;
  }

  /**
   * The same account in another Region: built by the same plan when first asked for, with another
   * seed. It shares with this one where backups can be copied to, and nothing else.
   *
   * @param region for example {@code eu-west-1}
   * @return closes with the account it was first asked of, or earlier
   */
  public SimulatedAws inRegion(String region) {
    return account.inRegion(region);
  }

  /**
   * Throws everything away and begins again by the same plan and seed, in this Region only. Clients
   * and endpoints go on, in the new world; what {@link #core}, {@link #cloudHsm}, {@link #cluster}
   * and {@link #clock} gave before is closed. The trail is empty. Calls that are under way may
   * fail.
   */
  public synchronized void reset() {
    world.close();
    trail.clear();
    world = new World(plan, account.shelf(), trail);
  }

  /** Ends clients, endpoints and a takeover, logs KMS out and wipes all key material. */
  @Override
  public void close() {
    account.close(this);
  }

  synchronized void closeRegion() {
    Fronts known = fronts;
    if (known != null) {
      known.close();
    }
    world.close();
  }

  /** What can be changed of a {@link SimulatedAws}. Not thread-safe. */
  public static final class Builder {
    long seed = DEFAULT_SEED;
    AccountRegion scope = KmsConfig.EXAMPLE_SCOPE;
    UnaryOperator<ClusterBuilder> clusterPlan = UnaryOperator.identity();
    boolean keyStore = true;
    AuditSink audit = AuditSink.none();
    Supplier<MetadataStore> metadata = KmsConfig::inMemoryStore;
    boolean auditCrypto;
    Quotas quotas = Quotas.documented();
    Duration connectLatency = Duration.ZERO;
    boolean errorCodeOnlyWhileFailed;
    boolean keyStateIgnoresMaterial;
    boolean realTime;

    private Builder() {}

    /** A copy, so that the plan stays what it was when it was carried out. */
    Builder(Builder other) {
      seed = other.seed;
      scope = other.scope;
      clusterPlan = other.clusterPlan;
      keyStore = other.keyStore;
      audit = other.audit;
      metadata = other.metadata;
      auditCrypto = other.auditCrypto;
      quotas = other.quotas;
      connectLatency = other.connectLatency;
      errorCodeOnlyWhileFailed = other.errorCodeOnlyWhileFailed;
      keyStateIgnoresMaterial = other.keyStateIgnoresMaterial;
      realTime = other.realTime;
    }

    /** The same plan for another Region, whose ids differ. */
    Builder elsewhere(String region) {
      Builder there = new Builder(this);
      there.scope = new AccountRegion(scope.partition(), region, scope.accountId());
      there.seed = seed ^ ((long) region.hashCode() << Integer.SIZE);
      return there;
    }

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

    /** Where audit events go, besides {@link SimulatedAws#trail}. */
    public Builder audit(AuditSink sink) {
      audit = sink;
      return this;
    }

    /**
     * Where KMS keeps its records; in memory by default. Asked at the beginning and with each
     * {@link SimulatedAws#reset}, for an empty one each time.
     */
    public Builder metadata(Supplier<MetadataStore> stores) {
      metadata = stores;
      return this;
    }

    /** Whether successful cryptographic operations are recorded too. */
    public Builder auditCrypto(boolean on) {
      auditCrypto = on;
      return this;
    }

    /** Real time passes too: see {@link VirtualClock#follow}. */
    public Builder realTime() {
      realTime = true;
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
      return new RegionsOfAccount(this).inRegion(scope.region());
    }

    SimulatedAws build(RegionsOfAccount account) {
      return new SimulatedAws(this, account);
    }
  }
}
