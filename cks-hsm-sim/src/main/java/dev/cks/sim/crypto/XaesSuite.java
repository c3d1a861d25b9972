package dev.cks.sim.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cks.sim.internal.SuppressForbidden;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the XAES-256-GCM keys of one cluster share: the bounds on contexts and on remembered message
 * keys, and the randomness of nonces. A message is the suite byte, a nonce of 24 bytes, ciphertext,
 * and a tag of 16 bytes. Thread-safe.
 */
public final class XaesSuite {
  /** The first byte of every message. */
  public static final byte ID = 3;

  /** How many contexts a cluster keeps unless told otherwise. */
  public static final int CONTEXTS = 4096;

  /** How many messages share a nonce prefix at most, unless told otherwise. */
  public static final int BATCH = 1 << 20;

  static final int NONCE = 24;
  static final int TAG = 16;
  static final int HEADER = 1 + NONCE;

  private final int batch;
  private final ContextRing ring;
  private final int contexts;

  /** Made when the first opener changes its prefix: the cache's classes take long to load. */
  private volatile @Nullable Cache<Prefix, RawAesKey> messageKeys;

  private final SecureRandom nonces;

  /**
   * A suite with bounds of its own.
   *
   * @param contexts how many ciphers are kept, over all keys
   * @param batch how many messages share a nonce prefix, up to 2^20
   */
  public XaesSuite(int contexts, int batch) {
    if (contexts < 1 || batch < 1 || batch > BATCH) {
      throw new IllegalArgumentException("out of range: " + contexts + " contexts of " + batch);
    }
    this.batch = batch;
    this.ring = new ContextRing(contexts);
    this.contexts = contexts;
    this.nonces = operatingSystem();
  }

  /** A suite with the usual bounds. */
  public XaesSuite() {
    this(CONTEXTS, BATCH);
  }

  /** A key of this suite; the 32 bytes are taken over. */
  public XaesKey key(byte[] material) {
    return new XaesKey(this, material);
  }

  /** How many ciphers are kept now. */
  public int contexts() {
    return ring.size();
  }

  Sealer newSealer(XaesKey owner) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    nonces.nextBytes(nonce);
    Sealer sealer = new Sealer(owner, owner.derive(nonce, 0), nonce, batch);
    ring.admit(sealer);
    return sealer;
  }

  Opener newOpener(Prefix prefix, RawAesKey key) {
    Opener opener = new Opener(prefix, key);
    ring.admit(opener);
    return opener;
  }

  void drop(Context context) {
    context.retire();
    ring.remove(context);
    context.wipe();
  }

  @Nullable RawAesKey remembered(Prefix prefix) {
    Cache<Prefix, RawAesKey> known = messageKeys;
    return known == null ? null : known.getIfPresent(prefix);
  }

  void remember(Prefix prefix, RawAesKey key) {
    Cache<Prefix, RawAesKey> known = messageKeys;
    (known == null ? makeCache() : known).put(prefix, key);
  }

  private synchronized Cache<Prefix, RawAesKey> makeCache() {
    Cache<Prefix, RawAesKey> known = messageKeys;
    if (known == null) {
      // on the caller's thread: the simulator starts no threads
      known = Caffeine.newBuilder().maximumSize(contexts).executor(Runnable::run).build();
      messageKeys = known;
    }
    return known;
  }

  void forgetPrefixes(XaesKey owner) {
    Cache<Prefix, RawAesKey> known = messageKeys;
    if (known == null) {
      return;
    }
    known
        .asMap()
        .entrySet()
        .removeIf(
            entry -> {
              boolean mine = entry.getKey().owner() == owner;
              if (mine) {
                entry.getValue().destroy();
              }
              return mine;
            });
  }

  void forgetPrefix(Prefix prefix) {
    Cache<Prefix, RawAesKey> known = messageKeys;
    if (known != null) {
      known.invalidate(prefix);
    }
  }

  @SuppressForbidden("nonces must not repeat even if a seed does")
  private static SecureRandom operatingSystem() {
    return new SecureRandom();
  }
}
