package dev.cks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KmsConfigTest {
  private static final RandomSource RANDOM = (stream, into) -> {};
  private static final Timeline TIME =
      new Timeline() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void at(Instant due, String what, Runnable work) {}
      };

  @Test
  void asDocumented_isWhatAwsDocuments() {
    ServicePorts ports = KmsConfig.asDocumented().ports();

    assertThat(ports.scope()).isEqualTo(new AccountRegion("aws", "us-east-1", "111122223333"));
    assertThat(ports.clusters().find("any")).isEmpty();
    assertThat(ports.metadata()).isInstanceOf(InMemoryMetadataStore.class);
    assertThat(ports.timeline()).isInstanceOf(SystemTimeline.class);
    assertThat(ports.random()).isInstanceOf(SystemRandom.class);
    assertThat(ports.audit().wants("CreateKey", true)).isFalse();
    assertThat(ports.auditCrypto()).isFalse();
    assertThat(ports.quotas()).isEqualTo(new Quotas(10, 100_000, 50, 50, 32_768, 50_000));
    assertThat(ports.connectLatency()).isZero();
    assertThat(ports.errorCodeOnlyWhileFailed()).isFalse();
    assertThat(ports.keyStateIgnoresMaterial()).isFalse();
    assertThat(ports.standardKeys()).isNull();
  }

  @Test
  void builder_changesWhatItIsTold_andKeepsTheRest() {
    AccountRegion scope = new AccountRegion("aws-cn", "cn-north-1", "444455556666");
    ClusterDirectory clusters = id -> Optional.<HsmCluster>empty();
    MetadataStore metadata = KmsConfig.inMemoryStore();
    AuditSink sink = AuditSink.none();
    SecretBytes password = SecretBytes.ofText("password");
    KmsConfig config =
        KmsConfig.deterministic(TIME, RANDOM).toBuilder()
            .scope(scope)
            .clusters(clusters)
            .metadata(metadata)
            .audit(sink)
            .auditCrypto(true)
            .quotas(Quotas.none())
            .connectLatency(Duration.ofMillis(1))
            .errorCodeOnlyWhileFailed(true)
            .keyStateIgnoresMaterial(true)
            .standardKeys(null, "admin", password)
            .build();
    ServicePorts expected =
        new ServicePorts(
            scope,
            clusters,
            metadata,
            TIME,
            RANDOM,
            sink,
            true,
            Quotas.none(),
            Duration.ofMillis(1),
            true,
            true,
            new ServicePorts.StandardKeys(null, "admin", password));

    assertThat(config.ports()).isEqualTo(expected);
    assertThat(config.toBuilder().build().ports()).isEqualTo(expected);
  }

  @Test
  void config_doesNotChangeWithItsBuilder() {
    KmsConfig.Builder builder = KmsConfig.asDocumented().toBuilder();
    KmsConfig config = builder.build();
    builder.auditCrypto(true);

    assertThat(config.ports().auditCrypto()).isFalse();
  }

  @Test
  void quotas_none_isNoLimit() {
    int most = Integer.MAX_VALUE;
    assertThat(Quotas.none()).isEqualTo(new Quotas(most, Long.MAX_VALUE, most, most, most, most));
  }

  @Test
  void negativeLatency_isRefused() {
    KmsConfig.Builder builder = KmsConfig.asDocumented().toBuilder();

    assertThatThrownBy(() -> builder.connectLatency(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a latency is not negative: PT-0.000000001S");
  }

  @Test
  void kms_asDocumented_servesItsAccount() {
    try (Kms kms = Kms.create(KmsConfig.asDocumented())) {
      assertThat(kms.scope()).isEqualTo(KmsConfig.EXAMPLE_SCOPE);
      assertThat(kms.rootCaller().principalArn()).isEqualTo("arn:aws:iam::111122223333:root");
      assertThat(kms.rootCaller().sourceAddress()).isEqualTo("127.0.0.1");
      assertThat(kms.keys().list(null, null, kms.rootCaller()).items()).isEmpty();
      byte[] random = kms.crypto().generateRandom(32, null, kms.rootCaller());
      assertThat(random).isNotEqualTo(new byte[32]);
    }
  }
}
