package dev.cks;

import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.memory.InMemoryMetadataStore;
import dev.cks.memory.SystemRandom;
import dev.cks.memory.SystemTimeline;
import dev.cks.service.Quotas;
import dev.cks.service.ServicePorts;
import dev.cks.spi.AuditSink;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.MetadataStore;
import dev.cks.spi.RandomSource;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Kms} behaves and what it stands on. Immutable; begin with a preset and change it
 * with {@link #toBuilder()}.
 */
public final class KmsConfig {
  /** AWS's example account, in us-east-1. */
  public static final AccountRegion EXAMPLE_SCOPE =
      new AccountRegion("aws", "us-east-1", "111122223333");

  private final Builder values;

  private KmsConfig(Builder values) {
    this.values = values;
  }

  /**
   * What AWS documents:
   *
   * <ul>
   *   <li>the documented quotas, account 111122223333 in us-east-1
   *   <li>real time and real randomness, metadata in memory
   *   <li>connecting takes no time
   *   <li>the readings of the troubleshooting guide where two AWS pages disagree
   *   <li>no clusters: register them with {@link Builder#clusters}
   *   <li>events go nowhere
   * </ul>
   */
  public static KmsConfig asDocumented() {
    return new KmsConfig(new Builder());
  }

  /**
   * As {@link #asDocumented()}, with time and randomness that can be replayed: one seed gives the
   * same ids, states and events every time. Ciphertexts differ all the same.
   *
   * @param timeline virtual time
   * @param random drawn from a seed
   */
  public static KmsConfig deterministic(Timeline timeline, RandomSource random) {
    return asDocumented().toBuilder().timeline(timeline).random(random).build();
  }

  /** A metadata store in memory, as used by default. */
  public static MetadataStore inMemoryStore() {
    return new InMemoryMetadataStore();
  }

  /** A builder that begins with these values. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** The ports as the services take them; defaults are made afresh each time. */
  ServicePorts ports() {
    return new ServicePorts(
        values.scope,
        values.clusters,
        values.metadata == null ? new InMemoryMetadataStore() : values.metadata,
        values.timeline == null ? new SystemTimeline(values.executor) : values.timeline,
        values.random == null ? new SystemRandom() : values.random,
        values.audit,
        values.auditCrypto,
        values.quotas,
        values.connectLatency,
        values.errorCodeOnlyWhileFailed,
        values.keyStateIgnoresMaterial,
        values.standardKeys);
  }

  /** Changes a configuration. Not thread-safe. */
  public static final class Builder {
    private AccountRegion scope = EXAMPLE_SCOPE;
    private ClusterDirectory clusters = id -> Optional.empty();
    private @Nullable MetadataStore metadata;
    private @Nullable Timeline timeline;
    private @Nullable ScheduledExecutorService executor;
    private @Nullable RandomSource random;
    private AuditSink audit = AuditSink.none();
    private boolean auditCrypto;
    private Quotas quotas = Quotas.documented();
    private Duration connectLatency = Duration.ZERO;
    private boolean errorCodeOnlyWhileFailed;
    private boolean keyStateIgnoresMaterial;
    private ServicePorts.@Nullable StandardKeys standardKeys;

    private Builder() {}

    private Builder(Builder from) {
      scope = from.scope;
      clusters = from.clusters;
      metadata = from.metadata;
      timeline = from.timeline;
      executor = from.executor;
      random = from.random;
      audit = from.audit;
      auditCrypto = from.auditCrypto;
      quotas = from.quotas;
      connectLatency = from.connectLatency;
      errorCodeOnlyWhileFailed = from.errorCodeOnlyWhileFailed;
      keyStateIgnoresMaterial = from.keyStateIgnoresMaterial;
      standardKeys = from.standardKeys;
    }

    /** Account and Region; one {@link Kms} serves one of each. */
    public Builder scope(AccountRegion accountAndRegion) {
      scope = accountAndRegion;
      return this;
    }

    /** Where clusters are found. */
    public Builder clusters(ClusterDirectory directory) {
      clusters = directory;
      return this;
    }

    /** Where records are kept; in memory by default. Closed with the {@link Kms}. */
    public Builder metadata(MetadataStore store) {
      metadata = store;
      return this;
    }

    /** The source of time; real time by default. */
    public Builder timeline(Timeline source) {
      timeline = source;
      return this;
    }

    /** The host's executor for work that becomes due in real time; never stopped by cks. */
    public Builder executor(ScheduledExecutorService hosts) {
      executor = hosts;
      return this;
    }

    /** The source of randomness; the operating system's by default. */
    public Builder random(RandomSource source) {
      random = source;
      return this;
    }

    /** Where events go; nowhere by default. */
    public Builder audit(AuditSink sink) {
      audit = sink;
      return this;
    }

    /** Whether successful cryptographic operations are recorded as well; off by default. */
    public Builder auditCrypto(boolean on) {
      auditCrypto = on;
      return this;
    }

    /** Limits; AWS's by default. */
    public Builder quotas(Quotas limits) {
      quotas = limits;
      return this;
    }

    /** How long connecting and disconnecting take; zero by default: done before the next call. */
    public Builder connectLatency(Duration latency) {
      if (latency.isNegative()) {
        throw new IllegalArgumentException("a latency is not negative: " + latency);
      }
      connectLatency = latency;
      return this;
    }

    /**
     * The API reference's reading: a ConnectionErrorCode is shown in state FAILED only. By default
     * it stays readable after the disconnect until the next connect, as the troubleshooting guide's
     * procedure needs it.
     */
    public Builder errorCodeOnlyWhileFailed(boolean on) {
      errorCodeOnlyWhileFailed = on;
      return this;
    }

    /**
     * The key-state page's reading: deleted key material leaves the key state alone. By default the
     * first use that finds it nowhere makes the key Unavailable, as the troubleshooting guide says.
     */
    public Builder keyStateIgnoresMaterial(boolean on) {
      keyStateIgnoresMaterial = on;
      return this;
    }

    /** Where standard keys live; without it CreateKey makes keys in custom key stores only. */
    public Builder standardKeys(HsmCluster cluster, String user, SecretBytes password) {
      standardKeys = new ServicePorts.StandardKeys(cluster, user, password);
      return this;
    }

    /** The configuration. */
    public KmsConfig build() {
      return new KmsConfig(new Builder(this));
    }
  }
}
