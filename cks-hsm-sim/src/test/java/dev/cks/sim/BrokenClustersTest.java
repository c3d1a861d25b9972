package dev.cks.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import dev.cks.tck.contract.Capability;
import dev.cks.tck.contract.HsmClusterContract;
import dev.cks.tck.contract.Obligations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract is worth something only if it refuses clusters that do not keep to it. */
final class BrokenClustersTest {
  @Test
  void contract_soundCluster_isAccepted() {
    assertThat(broken(Forwarding::new)).isEmpty();
  }

  @Test
  void contract_sessionThatIgnoresClose_isRejected() {
    assertThat(broken(IgnoresClose::new))
        .contains(
            "required_encrypt_afterClose_failsNotLoggedIn",
            "required_session_afterClose_failsNotLoggedIn");
  }

  @Test
  void contract_keyThatAcceptsAnything_isRejected() {
    assertThat(broken(AcceptsTampered::new))
        .contains(
            "required_decrypt_anyByteChanged_failsCiphertextInvalid",
            "required_decrypt_otherAadOrKey_failsCiphertextInvalid")
        .doesNotContain("required_encrypt_anySize_isDecrypted");
  }

  @Test
  void contract_loginThatIgnoresPasswords_isRejected() {
    assertThat(broken(IgnoresPasswords::new))
        .contains(
            "required_login_wrongPassword_failsAuthAndTheRightOneStillWorks",
            "optional_lockout_fiveWrongPasswords_lockTheUserOut");
  }

  @Test
  void contract_destroyThatForgetsToDestroy_isRejected() {
    assertThat(broken(KeepsDestroyed::new))
        .containsExactly("required_destroy_key_isGoneEverywhere");
  }

  @Test
  void contract_lockoutAfterThree_isRejected() {
    assertThat(broken(CountsTwice::new))
        .containsExactlyInAnyOrder(
            "optional_lockout_fiveWrongPasswords_lockTheUserOut",
            "optional_lockout_fourWrongPasswords_doNot",
            "optional_lockout_theRightPassword_startsTheCountAgain");
  }

  @Test
  void contract_addressesThatNeverComeBack_areRejected() {
    assertThat(broken(KeepsAddresses::new))
        .containsExactlyInAnyOrder(
            "optional_addresses_attachUntilNoneIsLeft_failsAndHoldsNothing",
            "optional_addresses_closeTwice_givesOneAddressBack");
  }

  @Test
  void contract_outcomesOfOneHsmOnly_areRejected() {
    assertThat(broken(TellsOne::new))
        .containsExactlyInAnyOrder(
            "optional_severalHsms_destroy_tellsTheOutcomeOfEach",
            "optional_severalHsms_changePassword_tellsTheOutcomeOfEach");
  }

  @Test
  void contract_hsmsThatFailWhenAKeyIsUsed_isRejected() {
    assertThatExceptionOfType(HsmException.class)
        .isThrownBy(
            prepared(faulty("before each ENCRYPT: node down"))
                ::required_encrypt_anySize_isDecrypted)
        .extracting(HsmException::reason)
        .isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void contract_passwordChangeThatMissesAnHsm_isRejected() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            prepared(faulty("after each CHANGE_PASSWORD: answer lost"))
                ::required_changePassword_everywhere_onlyTheNewOneLogsIn)
        .withMessageContaining("failure=OUTCOME_UNKNOWN");
  }

  private static SimulatedCluster faulty(String script) {
    SimulatedCluster cluster = SimulatedCloudHsm.withSeed(2).cluster().create();
    cluster.faults().install(FaultPlan.script(script).unbounded());
    return cluster;
  }

  private static Set<String> broken(Supplier<HsmCluster> clusters) {
    return Obligations.broken(() -> new Contract(clusters.get()));
  }

  private static Contract prepared(HsmCluster cluster) {
    Contract contract = new Contract(cluster);
    contract.prepare();
    return contract;
  }

  private static final class Contract extends HsmClusterContract {
    private final HsmCluster cluster;

    Contract(HsmCluster cluster) {
      this.cluster = cluster;
    }

    @Override
    protected HsmCluster newCluster() {
      return cluster;
    }

    @Override
    protected String user() {
      return SimulatedCluster.KMSUSER;
    }

    @Override
    protected String password() {
      return ClusterBuilder.KMSUSER_PASSWORD;
    }

    @Override
    protected Set<Capability> capabilities() {
      return Set.of(Capability.LOCKOUT, Capability.ADDRESSES, Capability.SEVERAL_HSMS);
    }
  }

  /** A cluster that passes everything on. */
  private static class Forwarding implements HsmCluster {
    final HsmCluster real = SimulatedCloudHsm.withSeed(2).cluster().create();

    @Override
    public ClusterFacts facts() {
      return real.facts();
    }

    @Override
    public Attachment attach(String keyStoreId) {
      return real.attach(keyStoreId);
    }

    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      return new ForwardingSession(real.login(user, password, candidate));
    }
  }

  private static class ForwardingSession implements HsmSession {
    final HsmSession real;

    ForwardingSession(HsmSession real) {
      this.real = real;
    }

    @Override
    public HsmKey generateAes256(BackingKeyId id, String label) {
      return real.generateAes256(id, label);
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId id) {
      return real.find(id);
    }

    @Override
    public List<HsmKey.Facts> list() {
      return real.list();
    }

    @Override
    public List<Outcome> destroy(BackingKeyId id) {
      return real.destroy(id);
    }

    @Override
    public List<Outcome> changePassword(SecretBytes password) {
      return real.changePassword(password);
    }

    @Override
    public void random(byte[] into) {
      real.random(into);
    }

    @Override
    public void close() {
      real.close();
    }
  }

  private static final class IgnoresClose extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      return new ForwardingSession(real.login(user, password, candidate)) {
        @Override
        public void close() {}
      };
    }
  }

  private static final class KeepsDestroyed extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      return new ForwardingSession(real.login(user, password, candidate)) {
        @Override
        public List<Outcome> destroy(BackingKeyId id) {
          return real.destroy(new BackingKeyId(0, 0));
        }
      };
    }
  }

  private static final class IgnoresPasswords extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      try (SecretBytes right = SecretBytes.ofText(ClusterBuilder.KMSUSER_PASSWORD)) {
        return real.login(user, right, candidate);
      }
    }
  }

  private static final class CountsTwice extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      try {
        return real.login(user, password, candidate);
      } catch (HsmException refusal) {
        return real.login(user, password, candidate);
      }
    }
  }

  private static final class KeepsAddresses extends Forwarding {
    @Override
    public Attachment attach(String keyStoreId) {
      real.attach(keyStoreId);
      return Attachment.none();
    }
  }

  private static final class TellsOne extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      return new ForwardingSession(real.login(user, password, candidate)) {
        @Override
        public List<Outcome> destroy(BackingKeyId id) {
          return real.destroy(id).subList(0, 1);
        }

        @Override
        public List<Outcome> changePassword(SecretBytes password) {
          return real.changePassword(password).subList(0, 1);
        }
      };
    }
  }

  private static final class AcceptsTampered extends Forwarding {
    @Override
    public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
      return new ForwardingSession(real.login(user, password, candidate)) {
        @Override
        public HsmKey generateAes256(BackingKeyId id, String label) {
          return new Gullible(real.generateAes256(id, label));
        }
      };
    }
  }

  private static final class Gullible implements HsmKey {
    private final HsmKey real;

    Gullible(HsmKey real) {
      this.real = real;
    }

    @Override
    public Facts facts() {
      return real.facts();
    }

    @Override
    public int ciphertextLength(int plaintextLength) {
      return real.ciphertextLength(plaintextLength);
    }

    @Override
    public int plaintextLength(int ciphertextLength) {
      return real.plaintextLength(ciphertextLength);
    }

    @Override
    public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      return real.encrypt(aad, in, offset, length, out, outOffset);
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      try {
        return real.decrypt(aad, in, offset, length, out, outOffset);
      } catch (HsmException e) {
        return plaintextLength(length);
      }
    }
  }
}
