package dev.cks.service;

import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.AuditSink;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.MetadataStore;
import dev.cks.spi.RandomSource;
import dev.cks.spi.Timeline;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything the services need from outside. Users fill it in through {@code KmsConfig}.
 *
 * @param scope the account and Region served
 * @param clusters where clusters are found
 * @param metadata where records are kept
 * @param timeline the source of time
 * @param random the source of randomness
 * @param audit where events go
 * @param auditCrypto whether successful cryptographic operations are recorded too
 * @param quotas AWS's limits
 * @param connectLatency how long connecting and disconnecting take; zero: done before the next call
 * @param errorCodeOnlyWhileFailed whether a ConnectionErrorCode disappears with the state FAILED
 * @param keyStateIgnoresMaterial whether deleted key material leaves the key state alone
 * @param standardKeys where standard keys live; null if none can be made
 */
public record ServicePorts(
    AccountRegion scope,
    ClusterDirectory clusters,
    MetadataStore metadata,
    Timeline timeline,
    RandomSource random,
    AuditSink audit,
    boolean auditCrypto,
    Quotas quotas,
    Duration connectLatency,
    boolean errorCodeOnlyWhileFailed,
    boolean keyStateIgnoresMaterial,
    @Nullable StandardKeys standardKeys) {

  /** The cluster of the standard keys and how to log in there. */
  public record StandardKeys(HsmCluster cluster, String user, SecretBytes password) {}

  /** The same, but nothing is recorded, no call moves time, and no id is drawn. */
  ServicePorts withoutTrace() {
    return new ServicePorts(
        scope,
        clusters,
        metadata,
        new Still(timeline),
        (stream, into) -> {},
        AuditSink.none(),
        false,
        quotas,
        connectLatency,
        errorCodeOnlyWhileFailed,
        keyStateIgnoresMaterial,
        standardKeys);
  }

  /** Time that a call does not move. */
  private record Still(Timeline moving) implements Timeline {
    @Override
    public Instant now() {
      return moving.now();
    }

    @Override
    public void at(Instant due, String what, Runnable work) {
      moving.at(due, what, work);
    }
  }
}
