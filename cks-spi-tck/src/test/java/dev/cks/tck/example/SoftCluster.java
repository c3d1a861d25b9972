package dev.cks.tck.example;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.spi.Attachment;
import dev.cks.spi.ClusterFacts;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmCluster;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import dev.cks.spi.HsmSession;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The example of docs/spi-guide.md: a cluster of which everything is in the memory of one process.
 * It has one crypto user, and one process cannot lose half of its HSMs.
 */
final class SoftCluster implements HsmCluster {
  private static final List<HsmSession.Outcome> DONE =
      List.of(new HsmSession.Outcome("hsm-1", null), new HsmSession.Outcome("hsm-2", null));

  private final String id;
  private final String user;
  private final SecureRandom random = new SecureRandom();
  private final Map<BackingKeyId, SoftKey.Material> keys = new ConcurrentHashMap<>();
  private final AtomicInteger handles = new AtomicInteger(262144);

  // guarded by this
  private SecretBytes password;
  private @Nullable Session current;

  SoftCluster(String id, String user, SecretBytes password) {
    this.id = id;
    this.user = user;
    this.password = password.copy();
  }

  // tag::facts
  @Override
  public ClusterFacts facts() {
    return new ClusterFacts(
        id,
        ClusterState.ACTIVE,
        "lineage-of-" + id,
        "-----BEGIN CERTIFICATE-----\nsoft\n-----END CERTIFICATE-----",
        List.of(
            new Hsm("hsm-1", "us-east-1a", HsmState.ACTIVE),
            new Hsm("hsm-2", "us-east-1b", HsmState.ACTIVE)),
        List.of(new Subnet("subnet-1", "us-east-1a"), new Subnet("subnet-2", "us-east-1b")));
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return Attachment.none();
  }

  // end::facts

  // tag::login
  @Override
  public synchronized HsmSession login(
      String name, SecretBytes given, @Nullable SecretBytes candidate) {
    if (!name.equals(user)) {
      throw new HsmException(Reason.USER_NOT_FOUND, "there is no user " + name);
    }
    if (!given.equals(password) && !password.equals(candidate)) {
      throw new HsmException(Reason.AUTH_FAILED, "wrong password");
    }
    if (current != null) {
      throw new HsmException(Reason.ALREADY_LOGGED_IN, name + " is logged in");
    }
    current = new Session();
    return current;
  }

  // end::login

  private synchronized void requireCurrent(Session session) {
    if (current != session) {
      throw new HsmException(Reason.NOT_LOGGED_IN, "logged out");
    }
  }

  private synchronized void setPassword(SecretBytes fresh) {
    password.close();
    password = fresh.copy();
  }

  private synchronized void logout(Session session) {
    if (current == session) {
      current = null;
    }
  }

  // tag::session
  private final class Session implements HsmSession {
    @Override
    public HsmKey generateAes256(BackingKeyId key, String label) {
      requireCurrent(this);
      return open(keys.computeIfAbsent(key, fresh -> newMaterial(fresh, label)));
    }

    @Override
    public Optional<HsmKey> find(BackingKeyId key) {
      requireCurrent(this);
      return Optional.ofNullable(keys.get(key)).map(this::open);
    }

    @Override
    public List<HsmKey.Facts> list() {
      requireCurrent(this);
      return keys.values().stream().map(SoftKey.Material::facts).toList();
    }

    @Override
    public List<Outcome> destroy(BackingKeyId key) {
      requireCurrent(this);
      keys.remove(key);
      return DONE;
    }

    @Override
    public List<Outcome> changePassword(SecretBytes fresh) {
      requireCurrent(this);
      setPassword(fresh);
      return DONE;
    }

    @Override
    public void random(byte[] into) {
      requireCurrent(this);
      random.nextBytes(into);
    }

    @Override
    public void close() {
      logout(this);
    }

    /** A key as this session sees it: asked before each use whether both are still there. */
    private HsmKey open(SoftKey.Material material) {
      return new SoftKey(material, random, () -> requireUsable(material.facts().id()));
    }

    private void requireUsable(BackingKeyId key) {
      requireCurrent(this);
      if (!keys.containsKey(key)) {
        throw new HsmException(Reason.KEY_NOT_FOUND, "no HSM has the key");
      }
    }
  }

  // end::session

  private SoftKey.Material newMaterial(BackingKeyId key, String label) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String handle = Integer.toString(handles.incrementAndGet());
    return new SoftKey.Material(
        new HsmKey.Facts(key, label, handle, Instant.EPOCH, Map.of()), SoftKey.of(secret));
  }
}
