package dev.cks.sim.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cks.sim.internal.SuppressForbidden;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** A suite with fewer contexts has no spare ciphers. */
  private static final int FEW_CONTEXTS = 4 * Spares.most();

  private final int batch;
  private final ContextRing ring;
  private final @Nullable Spares spares;

  /** How often a message met a key without an idle context. */
  private final AtomicInteger misses = new AtomicInteger();

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
    this.spares = contexts < FEW_CONTEXTS ? null : new Spares();
    this.ring = new ContextRing(spares == null ? contexts : contexts - Spares.most());
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
    return ring.size() + (spares == null ? 0 : spares.size());
  }

  /**
   * A batch of a key's, held by the caller.
   *
   * @param busy whether somebody else holds one
   */
  Batch newBatch(XaesKey owner, boolean busy) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE];
    nonces.nextBytes(nonce);
    Batch fresh = new Batch(owner.derive(nonce, 0), nonce, batch);
    int now = misses.get();
    fresh.missed(busy ? now : now - ring.length()); // a busy key is used again before long
    return fresh;
  }

  /** A context for the batch, which is held by the caller. */
  Sealer newSealer(XaesKey owner, Batch held) throws GeneralSecurityException {
    Sealer sealer = new Sealer(owner, held);
    ring.admit(sealer);
    return sealer;
  }

  /**
   * A spare cipher, now the caller's alone, for a key without an idle context; null if the key
   * deserves a context: there is room for it, or the key was used so lately that a context would
   * have lasted until now. A key that comes once in a long while pushes nobody out.
   */
  @Nullable Spare spareFor(Batch batch) throws GeneralSecurityException {
    if (spares == null) {
      return null;
    }
    int now = misses.getAndIncrement();
    boolean lately = now - batch.missed(now) < ring.length();
    return lately || ring.hasRoom() ? null : spares.take();
  }

  /** Takes a spare cipher back. */
  void giveBack(Spare spare) {
    XaesKey last = spare.last();
    if (spares != null && last != null) {
      spares.give(spare);
      if (last.isDestroyed()) { // perhaps after it looked here
        spares.forget(last);
      }
    }
  }

  /** Lets spare ciphers go that know a message key of this key. */
  void forgetSpares(XaesKey owner) {
    if (spares != null) {
      spares.forget(owner);
    }
  }

  Opener newOpener(Prefix prefix, RawAesKey key) {
    Opener opener = new Opener(prefix, key);
    ring.admit(opener);
    return opener;
  }

  /** Ends a context that the caller holds or has retired. */
  void drop(Context context) {
    context.end();
    ring.remove(context);
    context.owner.remove(context);
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
