package dev.cks.tck.model;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster that keeps key ids and hides nothing; any password opens it unless it is broken. */
final class FakeCluster implements HsmCluster {
  private static final List<HsmSession.Outcome> DONE =
      List.of(new HsmSession.Outcome("hsm-1", null), new HsmSession.Outcome("hsm-2", null));

  private final ClusterFacts facts;
  private final Map<BackingKeyId, FakeKey> keys = new HashMap<>();
  private boolean broken;
  private Runnable duringRotation = () -> {};

  FakeCluster(String id, String lineage) {
    this.facts =
        new ClusterFacts(
            id,
            ClusterFacts.ClusterState.ACTIVE,
            lineage,
            "PEM",
            List.of(
                new ClusterFacts.Hsm("hsm-1", "us-east-1a", ClusterFacts.HsmState.ACTIVE),
                new ClusterFacts.Hsm("hsm-2", "us-east-1b", ClusterFacts.HsmState.ACTIVE)),
            List.of(
                new ClusterFacts.Subnet("subnet-1", "us-east-1a"),
                new ClusterFacts.Subnet("subnet-2", "us-east-1b")));
  }

  void setBroken(boolean refusesLogins) {
    broken = refusesLogins;
  }

  /** Runs once, in the middle of the next attempt to connect. */
  void duringNextRotation(Runnable work) {
    duringRotation = work;
  }

  @Override
  public ClusterFacts facts() {
    return facts;
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return Attachment.none();
  }

  @Override
  public HsmSession login(String user, SecretBytes password, @Nullable SecretBytes candidate) {
    if (broken) {
      throw new HsmException(HsmException.Reason.AUTH_FAILED, "wrong password");
    }
    return new FakeSession();
  }

  private final class FakeSession implements HsmSession {
    private boolean open = true;

    private void requireOpen() {
      if (!open) {
        throw new HsmException(HsmException.Reason.NOT_LOGGED_IN, "logged out");
      }
    }

    @Override
    public HsmKey generateAes256(BackingKeyId id, String label) {
      requireOpen();
      return keys.computeIfAbsent(id, fresh -> new FakeKey(fresh, label));
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId id) {
      requireOpen();
      return Optional.ofNullable(keys.get(id));
    }

    @Override
    public List<HsmKey.Facts> list() {
      requireOpen();
      return keys.values().stream().map(FakeKey::facts).toList();
    }

    @Override
    public List<Outcome> destroy(BackingKeyId id) {
      requireOpen();
      keys.remove(id);
      return DONE;
    }

    @Override
    public List<Outcome> changePassword(SecretBytes password) {
      requireOpen();
      Runnable work = duringRotation;
      duringRotation = () -> {};
      work.run();
      return DONE;
    }

    @Override
    public void random(byte[] into) {
      requireOpen();
      Arrays.fill(into, (byte) 4);
    }

    @Override
    public void close() {
      open = false;
    }
  }

  private record FakeKey(BackingKeyId id, String label) implements HsmKey {
    @Override
    public Facts facts() {
      return new Facts(id, label, "1", Instant.EPOCH, Map.of());
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
      for (int i = 0; i < length; i++) {
        out[outOffset + i] = (byte) (in[offset + i] ^ 0x5a);
      }
      return length;
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      return encrypt(aad, in, offset, length, out, outOffset);
    }
  }
}
