package dev.cks.aws.service;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A cluster that always works: what the adapter's own tests need, and no more. */
public final class FakeCluster implements HsmCluster, HsmSession {
  public static final String TRUST_ANCHOR =
      "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n";

  private final String id;
  private final Map<BackingKeyId, HsmKey> keys = new ConcurrentHashMap<>();
  private volatile SecretBytes password;

  FakeCluster(String id, String password) {
    this.id = id;
    this.password = SecretBytes.ofText(password);
  }

  @Override
  public ClusterFacts facts() {
    return new ClusterFacts(
        id,
        ClusterState.ACTIVE,
        "lineage-of-" + id,
        TRUST_ANCHOR,
        List.of(
            new Hsm("hsm-1", "us-east-1a", HsmState.ACTIVE),
            new Hsm("hsm-2", "us-east-1b", HsmState.ACTIVE)),
        List.of(new Subnet("subnet-1", "us-east-1a"), new Subnet("subnet-2", "us-east-1b")));
  }

  @Override
  public Attachment attach(String keyStoreId) {
    return Attachment.none();
  }

  @Override
  public HsmSession login(String user, SecretBytes given, @Nullable SecretBytes candidate) {
    if (!password.equals(given) && !isSame(candidate)) {
      throw new HsmException(Reason.AUTH_FAILED, "wrong password");
    }
    return this;
  }

  private boolean isSame(@Nullable SecretBytes candidate) {
    return candidate != null && password.equals(candidate);
  }

  @Override
  public HsmKey generateAes256(BackingKeyId keyId, String label) {
    return keys.computeIfAbsent(keyId, fresh -> new Key(fresh, label));
  }

  @Override
  public Optional<HsmKey> find(BackingKeyId keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  @Override
  public List<HsmKey.Facts> list() {
    return keys.values().stream().map(HsmKey::facts).toList();
  }

  @Override
  public List<Outcome> destroy(BackingKeyId keyId) {
    keys.remove(keyId);
    return done();
  }

  @Override
  public List<Outcome> changePassword(SecretBytes changed) {
    password = changed;
    return done();
  }

  private static List<Outcome> done() {
    return List.of(new Outcome("hsm-1", null), new Outcome("hsm-2", null));
  }

  @Override
  public void random(byte[] into) {
    Arrays.fill(into, (byte) 4);
  }

  @Override
  public void close() {}

  /** AES-GCM with a counter for its IV. */
  private record Key(BackingKeyId keyId, String label, AtomicLong ivs) implements HsmKey {
    private static final int IV = 12;
    private static final int OVERHEAD = IV + 16;

    Key(BackingKeyId keyId, String label) {
      this(keyId, label, new AtomicLong());
    }

    @Override
    public Facts facts() {
      return new Facts(keyId, label, "262162", Instant.EPOCH, Map.of());
    }

    @Override
    public int ciphertextLength(int plaintextLength) {
      return plaintextLength + OVERHEAD;
    }

    @Override
    public int plaintextLength(int ciphertextLength) {
      return ciphertextLength - OVERHEAD;
    }

    @Override
    public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      byte[] iv = Arrays.copyOf(Long.toString(ivs.incrementAndGet()).getBytes(UTF_8), IV);
      System.arraycopy(iv, 0, out, outOffset, IV);
      try {
        return IV
            + cipher(Cipher.ENCRYPT_MODE, iv, aad).doFinal(in, offset, length, out, outOffset + IV);
      } catch (GeneralSecurityException e) {
        throw new HsmException(Reason.INTERNAL, "cannot encrypt", e);
      }
    }

    @Override
    public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
      byte[] iv = Arrays.copyOfRange(in, offset, offset + IV);
      try {
        return cipher(Cipher.DECRYPT_MODE, iv, aad)
            .doFinal(in, offset + IV, length - IV, out, outOffset);
      } catch (GeneralSecurityException e) {
        throw new HsmException(Reason.CIPHERTEXT_INVALID, "not of this key", e);
      }
    }

    private Cipher cipher(int mode, byte[] iv, byte[] aad) throws GeneralSecurityException {
      byte[] material = Arrays.copyOf(keyId.toBytes(), 32);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(material, "AES"), new GCMParameterSpec(128, iv));
      cipher.updateAAD(aad);
      return cipher;
    }
  }
}
