package dev.cks.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmException.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the values say that cross the ports. */
class PortValuesTest {

  @Test
  void reasons_sayWhetherToRetry_andWhetherTheWorkMayBeDone() {
    assertThat(Arrays.stream(Reason.values()).filter(Reason::mayHaveHappened))
        .containsExactly(Reason.OUTCOME_UNKNOWN, Reason.INTERNAL);
    assertThat(Arrays.stream(Reason.values()).filter(Reason::retryable).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                Reason.BELOW_QUORUM,
                Reason.NO_ACTIVE_HSM,
                Reason.NO_FREE_ADDRESS,
                Reason.UNREACHABLE,
                Reason.CAPACITY,
                Reason.OUTCOME_UNKNOWN,
                Reason.INTERNAL));
  }

  @Test
  void failure_tellsItsReasonItsMessageAndItsCause() {
    IllegalStateException cause = new IllegalStateException();
    HsmException failure = new HsmException(Reason.DENIED, "not allowed", cause);

    assertThat(failure.reason()).isEqualTo(Reason.DENIED);
    assertThat(failure).hasMessage("not allowed").hasCause(cause);
    assertThat(new HsmException(Reason.CAPACITY, "full").reason()).isEqualTo(Reason.CAPACITY);
  }

  @Test
  void outcome_isDone_unlessThereIsAFailure() {
    assertThat(new HsmSession.Outcome("hsm-1", null).done()).isTrue();
    assertThat(new HsmSession.Outcome("hsm-1", Reason.DENIED).done()).isFalse();
  }

  @Test
  void cluster_countsZones_ofActiveHsmsAndOfSubnets() {
    Hsm one = new Hsm("hsm-1", "a", HsmState.ACTIVE);
    Hsm sameZone = new Hsm("hsm-2", "a", HsmState.ACTIVE);
    Hsm degraded = new Hsm("hsm-3", "b", HsmState.DEGRADED);
    Hsm other = new Hsm("hsm-4", "c", HsmState.ACTIVE);
    ClusterFacts facts =
        new ClusterFacts(
            "cluster-1",
            ClusterState.ACTIVE,
            "family",
            "PEM",
            List.of(one, sameZone, degraded, other),
            List.of(new Subnet("1", "a"), new Subnet("2", "a"), new Subnet("3", "d")));

    assertThat(facts.portsOpen()).isTrue();
    assertThat(facts.activeHsms()).containsExactly(one, sameZone, other);
    assertThat(facts.activeZones()).isEqualTo(2);
    assertThat(facts.subnetZones()).isEqualTo(2);
  }

  /** Copies, behind the associated data that it was given. */
  private static final class CopyingKey implements HsmKey {
    @Override
    public Facts facts() {
      return new Facts(new BackingKeyId(1, 2), "label", "42", Instant.EPOCH, Map.of());
    }

    @Override
    public int ciphertextLength(int plaintextLength) {
      return plaintextLength;
    }

    @Override
    public int plaintextLength(int ciphertextLength) {
      return ciphertextLength;
    }

    @Override
    public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      System.arraycopy(aad, 0, out, outOffset, aad.length);
      System.arraycopy(in, offset, out, outOffset + aad.length, length);
      return aad.length + length;
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      return encrypt(aad, in, offset, length, out, outOffset);
    }
  }

  @Test
  void key_takesAssociatedDataFromAPartOfAnArray() {
    HsmKey key = new CopyingKey();
    byte[] aad = {1, 2, 3, 4};
    byte[] in = {5, 6, 7};
    byte[] out = new byte[6];

    assertThat(key.encrypt(aad, 1, 2, in, 1, 2, out, 1)).isEqualTo(4);
    assertThat(out).containsExactly(0, 2, 3, 6, 7, 0);
    assertThat(key.decrypt(aad, 2, 1, in, 0, 1, out, 0)).isEqualTo(2);
    assertThat(out).containsExactly(3, 5, 3, 6, 7, 0);
    assertThat(key.reference()).isEqualTo("42");
  }

  @Test
  void sinkOfNothing_wantsNothing() {
    assertThat(AuditSink.none().wants("CreateKey", true)).isFalse();
    assertThat(AuditSink.none().wants("CreateKey", false)).isFalse();
  }
}
