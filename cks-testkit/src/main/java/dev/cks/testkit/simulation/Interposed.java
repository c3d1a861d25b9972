package dev.cks.testkit.simulation;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A simulated cluster to which something can happen in the middle of an attempt to connect. */
final class Interposed implements HsmCluster {
  final SimulatedCluster cluster;
  final Set<String> deletedSubnets = new HashSet<>();

  /** Addresses that somebody took, by subnet. */
  final Map<String, Integer> taken = new HashMap<>();

  boolean failsNextLogin;
  int cutInNextRotation = -1;

  Interposed(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** The id of an HSM, counted round and round; null if there is none. */
  @Nullable String hsm(int number) {
    List<ClusterFacts.Hsm> hsms = cluster.facts().hsms();
    return hsms.isEmpty() ? null : hsms.get(number % hsms.size()).id();
  }

  String subnet(int number) {
    List<ClusterFacts.Subnet> subnets = cluster.facts().subnets();
    return subnets.get(number % subnets.size()).id();
  }

  @Override
  public ClusterFacts facts() {
    return cluster.facts();
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return cluster.attach(keyStoreId);
  }

  @Override
  public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
    if (failsNextLogin) {
      failsNextLogin = false;
      throw new HsmException(HsmException.Reason.INTERNAL, "on purpose");
    }
    return new Session(cluster.login(user, password, candidate));
  }

  private final class Session implements HsmSession {
    private final HsmSession delegate;

    Session(HsmSession delegate) {
      this.delegate = delegate;
    }

    @Override
    public List<Outcome> changePassword(SecretBytes password) {
      String cut = cutInNextRotation < 0 ? null : hsm(cutInNextRotation);
      cutInNextRotation = -1;
      if (cut != null) {
        cluster.partition(cut);
      }
      return delegate.changePassword(password);
    }

    @Override
    public HsmKey generateAes256(BackingKeyId id, String label) {
      return delegate.generateAes256(id, label);
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId id) {
      return delegate.find(id);
    }

    @Override
    public List<HsmKey.Facts> list() {
      return delegate.list();
    }

    @Override
    public List<Outcome> destroy(BackingKeyId id) {
      return delegate.destroy(id);
    }

    @Override
    public void random(byte[] into) {
      delegate.random(into);
    }

    @Override
    public void close() {
      delegate.close();
    }
  }
}
