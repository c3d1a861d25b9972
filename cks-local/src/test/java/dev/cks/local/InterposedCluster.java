package dev.cks.local;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A simulated cluster to which something happens at a moment that its operators cannot hit. */
final class InterposedCluster implements HsmCluster {
  private final SimulatedCluster cluster;

  /** What CloudHSM says of the cluster. */
  UnaryOperator<ClusterFacts> said = facts -> facts;

  /** Between KMS's login and its change of the password. */
  Runnable beforeRotation = () -> {};

  /** After the change of the password, before KMS hears of it. */
  Runnable afterRotation = () -> {};

  /** Before KMS logs in. */
  Runnable beforeLogin = () -> {};

  /** Before the generation of a key. */
  Runnable beforeGeneration = () -> {};

  /** After the generation of a key, before KMS has looked at it. */
  Runnable afterGeneration = () -> {};

  /** In an HSM, before it encrypts. */
  Runnable beforeEncryption = () -> {};

  /** What HSMs answer to a destruction. */
  UnaryOperator<List<HsmSession.Outcome>> destroyed = outcomes -> outcomes;

  /** Before HSMs hear of a destruction. */
  Runnable beforeDestruction = () -> {};

  InterposedCluster(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public ClusterFacts facts() {
    return said.apply(cluster.facts());
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return cluster.attach(keyStoreId);
  }

  @Override
  public HsmSession login(String user, SecretBytes password, SecretBytes candidate) {
    beforeLogin.run();
    return new Session(cluster.login(user, password, candidate));
  }

  private final class Session implements HsmSession {
    private final HsmSession session;

    Session(HsmSession session) {
      this.session = session;
    }

    @Override
    public HsmKey generateAes256(BackingKeyId id, String label) {
      beforeGeneration.run();
      HsmKey key = new Key(session.generateAes256(id, label));
      afterGeneration.run();
      return key;
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId id) {
      return session.find(id).map(key -> new Key(key));
    }

    @Override
    public List<HsmKey.Facts> list() {
      return session.list();
    }

    @Override
    public List<Outcome> destroy(BackingKeyId id) {
      beforeDestruction.run();
      return destroyed.apply(session.destroy(id));
    }

    @Override
    public List<Outcome> changePassword(SecretBytes password) {
      beforeRotation.run();
      List<Outcome> outcomes = session.changePassword(password);
      afterRotation.run();
      return outcomes;
    }

    @Override
    public void random(byte[] into) {
      session.random(into);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  private final class Key implements HsmKey {
    private final HsmKey key;

    Key(HsmKey key) {
      this.key = key;
    }

    @Override
    public Facts facts() {
      return key.facts();
    }

    @Override
    public int ciphertextLength(int plaintextLength) {
      return key.ciphertextLength(plaintextLength);
    }

    @Override
    public int plaintextLength(int ciphertextLength) {
      return key.plaintextLength(ciphertextLength);
    }

    @Override
    public int encrypt(byte[] aad, byte[] in, int off, int len, byte[] out, int outOff) {
      beforeEncryption.run();
      return key.encrypt(aad, in, off, len, out, outOff);
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int off, int len, byte[] out, int outOff) {
      return key.decrypt(aad, in, off, len, out, outOff);
    }
  }
}
