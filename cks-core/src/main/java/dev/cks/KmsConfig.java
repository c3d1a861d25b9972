package dev.cks;

import dev.cks.domain.key.AccountRegion;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.AuditSink;
import dev.cks.spi.ClusterDirectory;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.MetadataStore;
import dev.cks.spi.RandomSource;
import dev.cks.spi.Timeline;
import java.time.Duration;

/** Configuration; filled in later in this change. */
public final class KmsConfig {
  private KmsConfig() {}

  public static KmsConfig asDocumented() {
    return new KmsConfig();
  }

  public static KmsConfig deterministic(long seed) {
    return new KmsConfig();
  }

  public Builder toBuilder() {
    return new Builder();
  }

  /** Builder. */
  public static final class Builder {
    private Builder() {}

    public Builder scope(AccountRegion scope) {
      return this;
    }

    public Builder clusters(ClusterDirectory clusters) {
      return this;
    }

    public Builder metadata(MetadataStore metadata) {
      return this;
    }

    public Builder timeline(Timeline timeline) {
      return this;
    }

    public Builder random(RandomSource random) {
      return this;
    }

    public Builder audit(AuditSink audit) {
      return this;
    }

    public Builder auditCrypto(boolean on) {
      return this;
    }

    public Builder quotas(Quotas quotas) {
      return this;
    }

    public Builder connectLatency(Duration latency) {
      return this;
    }

    public Builder errorCodeOnlyWhileFailed(boolean on) {
      return this;
    }

    public Builder keyStateIgnoresMaterial(boolean on) {
      return this;
    }

    /** Where standard keys live; without it CreateKey makes none. */
    public Builder standardKeys(HsmCluster cluster, String user, SecretBytes password) {
      return this;
    }

    public KmsConfig build() {
      return new KmsConfig();
    }
  }
}
