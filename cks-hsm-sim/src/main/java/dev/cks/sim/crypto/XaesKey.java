package dev.cks.sim.crypto;

import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * A 256-bit key of an {@link XaesSuite}. Thread-safe: each call has a cipher of its own, taken from
 * a small pool that ends with the key.
 */
public final class XaesKey extends InlineKey implements KeyMaterial {
  private static final VarHandle PARKED;

  static {
    try {
      PARKED = MethodHandles.lookup().findVarHandle(XaesKey.class, "parked", Batch.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final XaesSuite suite;
  private volatile boolean destroyed;

  /** A batch that outlives its contexts: it stays here while it is held, too. */
  private volatile @Nullable Batch parked;

  // made with the first use
  private volatile @Nullable Slots<Sealer> sealers;
  private volatile @Nullable Slots<Opener> openers;

  XaesKey(XaesSuite suite, byte[] material) {
    super(material);
    this.suite = suite;
  }

  /** How many bytes {@link #encrypt} writes. */
  public static int ciphertextLength(int plaintextLength) {
    return Math.addExact(plaintextLength, XaesSuite.HEADER + XaesSuite.TAG);
  }

  /** How many bytes {@link #decrypt} writes; negative if no ciphertext has that length. */
  public static int plaintextLength(int ciphertextLength) {
    return ciphertextLength - XaesSuite.HEADER - XaesSuite.TAG;
  }

  /**
   * Encrypts straight into {@code out}, which may hold the associated data before.
   *
   * @return how many bytes were written
   * @throws HsmException {@code KEY_NOT_FOUND} once the key is destroyed
   * @throws IndexOutOfBoundsException if {@code out} is too short; nothing was written
   */
  public int encrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    Objects.checkFromIndexSize(aadOffset, aadLength, aad.length);
    Objects.checkFromIndexSize(offset, length, in.length);
    Objects.checkFromIndexSize(outOffset, ciphertextLength(length), out.length);
    Sealer sealer = idleSealer();
    if (sealer == null) {
      Batch batch = takeBatch();
      Spare spare = spareFor(batch);
      if (spare != null) {
        return encrypt(spare, batch, aad, aadOffset, aadLength, in, offset, length, out, outOffset);
      }
      sealer = newSealer(batch);
    }
    int written;
    try {
      written = sealer.seal(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
    } catch (GeneralSecurityException | RuntimeException e) {
      sealer.spend();
      suite.drop(sealer);
      throw failed(e);
    }
    giveBack(sealer, sealer.isSpent());
    return written;
  }

  private int encrypt(
      Spare spare,
      Batch batch,
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    int written;
    try {
      written =
          spare.seal(this, batch, aad, aadOffset, aadLength, in, offset, length, out, outOffset);
    } catch (GeneralSecurityException | RuntimeException e) {
      batch.spend();
      park(batch);
      throw failed(e);
    }
    suite.giveBack(spare);
    park(batch);
    return written;
  }

  /**
   * Decrypts straight into {@code out}.
   *
   * @return how many bytes were written
   * @throws HsmException {@code CIPHERTEXT_INVALID}, whatever is wrong with the ciphertext, or
   *     {@code KEY_NOT_FOUND} once the key is destroyed
   * @throws IndexOutOfBoundsException if {@code out} is too short; nothing was written
   */
  public int decrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    Objects.checkFromIndexSize(aadOffset, aadLength, aad.length);
    Objects.checkFromIndexSize(offset, length, in.length);
    int plain = plaintextLength(length);
    if (plain < 0 || in[offset] != XaesSuite.ID) {
      throw invalid();
    }
    Objects.checkFromIndexSize(outOffset, plain, out.length);
    Opener opener = takeOpener(in, offset + 1);
    try {
      opener.open(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
    } catch (GeneralSecurityException | RuntimeException e) {
      suite.drop(opener);
      Arrays.fill(out, outOffset, outOffset + plain, (byte) 0);
      throw failed(e);
    }
    opener.opened();
    giveBack(opener, false);
    return plain;
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public byte[] checkValue() {
    RawAesKey copy;
    try {
      copy = material();
    } catch (IllegalStateException wiped) {
      throw failed(wiped);
    }
    try {
      return PlainAesKey.checkValueOf(copy);
    } finally {
      copy.destroy();
    }
  }

  /** Wipes the key and everything derived from it. Calls that have begun may still finish. */
  @Override
  public void destroy() {
    destroyed = true;
    VarHandle.storeStoreFence();
    wipeKey();
    empty(sealers);
    Batch batch = parked;
    if (batch != null && batch.hold()) {
      discard(batch);
    }
    suite.forgetSpares(this);
    if (empty(openers)) {
      suite.forgetPrefixes(this);
    }
  }

  boolean isDestroyed() {
    return destroyed;
  }

  /** A copy of the material, to be wiped by the caller. */
  RawAesKey material() {
    byte[] bytes = copyOfKey();
    VarHandle.loadLoadFence(); // who has read wiped bytes sees that they are
    if (destroyed) {
      Arrays.fill(bytes, (byte) 0);
      throw new IllegalStateException("the key has been wiped");
    }
    return new RawAesKey(bytes);
  }

  RawAesKey derive(byte[] nonce, int offset) throws GeneralSecurityException {
    Derivation once = derivation();
    try {
      return once.messageKey(nonce, offset);
    } finally {
      once.wipe();
    }
  }

  Derivation derivation() throws GeneralSecurityException {
    return new Derivation(this);
  }

  /** A context is to end; if somebody holds it, that is its holder's work. */
  void retire(Context context) {
    if (context.retire()) {
      suite.drop(context);
    }
  }

  /** Frees the place of a context that ends. */
  void remove(Context context) {
    Slots<Sealer> sealing = sealers;
    if (sealing != null) {
      sealing.remove(context);
    }
    Slots<Opener> opening = openers;
    if (opening != null) {
      opening.remove(context);
    }
  }

  /** An idle context that the caller holds from now on; null if there is none. */
  private @Nullable Sealer idleSealer() {
    Slots<Sealer> slots = sealers;
    return slots == null ? null : slots.take();
  }

  /** A batch that the caller holds: the parked one, unless somebody else does. */
  private Batch takeBatch() {
    Batch present = parked;
    if (present != null && present.hold()) {
      if (destroyed) { // while somebody was about to park it
        discard(present);
        throw failed(new IllegalStateException("the key has been wiped"));
      }
      return present;
    }
    Slots<Sealer> slots = sealers;
    boolean busy = present != null || (slots != null && slots.isInUse());
    try {
      return suite.newBatch(this, busy);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
  }

  private @Nullable Spare spareFor(Batch batch) {
    try {
      return suite.spareFor(batch);
    } catch (GeneralSecurityException | RuntimeException e) {
      park(batch);
      throw failed(e);
    }
  }

  /** A context, held by the caller. The batch is the context's: what others read is elsewhere. */
  private Sealer newSealer(Batch batch) {
    PARKED.compareAndSet(this, batch, (Batch) null);
    try {
      return inPlace(sealers(), suite.newSealer(this, batch));
    } catch (GeneralSecurityException | RuntimeException e) {
      park(batch);
      throw failed(e);
    }
  }

  /** Gives a new context a place; without one, or with its key destroyed, it is used just once. */
  private <C extends Context> C inPlace(Slots<C> slots, C context) {
    if (!slots.add(context) || destroyed) {
      context.retire();
    }
    return context;
  }

  /** Keeps a batch, which the caller holds, for later messages; or ends it. */
  void park(Batch batch) {
    if (batch.isSpent() || destroyed) {
      discard(batch);
    } else if (parked == batch || PARKED.compareAndSet(this, (Batch) null, batch)) {
      batch.release();
      if (destroyed && batch.hold()) { // while it was parked
        discard(batch);
      }
    } else {
      discard(batch);
    }
  }

  /** Only for the holder. */
  private void discard(Batch batch) {
    PARKED.compareAndSet(this, batch, (Batch) null);
    batch.wipe();
  }

  private Opener takeOpener(byte[] in, int nonce) {
    Slots<Opener> slots = openers();
    Opener idle = slots.take();
    if (idle != null && idle.prefix().isAt(in, nonce)) {
      return idle;
    }
    Prefix prefix = Prefix.read(this, in, nonce);
    try {
      if (idle == null) {
        RawAesKey known = suite.remembered(prefix);
        return inPlace(slots, suite.newOpener(prefix, known != null ? known : derive(in, nonce)));
      }
      rememberKeyOf(idle);
      RawAesKey known = suite.remembered(prefix);
      idle.rekey(prefix, known != null ? known : idle.derivation().messageKey(in, nonce));
      return idle;
    } catch (GeneralSecurityException | RuntimeException e) {
      if (idle != null) {
        suite.drop(idle);
      }
      throw failed(e);
    }
  }

  /**
   * Keeps the message key that an opener is about to give up for another prefix, if it was of use
   * more than once: forged ciphertexts must not push honest prefixes out, and where each message
   * has a prefix of its own, deriving is faster than looking for what is not there.
   */
  private void rememberKeyOf(Opener opener) {
    if (!opener.isWorthKeeping()) {
      return;
    }
    suite.remember(opener.prefix(), opener.key());
    if (destroyed) {
      suite.forgetPrefix(opener.prefix());
    }
  }

  private void giveBack(Context context, boolean spent) {
    if (spent || !context.release()) {
      suite.drop(context);
    }
  }

  private boolean empty(@Nullable Slots<?> slots) {
    if (slots == null) {
      return false;
    }
    slots.forEach(this::retire);
    return true;
  }

  private Slots<Sealer> sealers() {
    Slots<Sealer> present = sealers;
    return present == null ? makeSealers() : present;
  }

  private synchronized Slots<Sealer> makeSealers() {
    Slots<Sealer> present = sealers;
    if (present == null) {
      present = new Slots<>();
      sealers = present;
    }
    return present;
  }

  private Slots<Opener> openers() {
    Slots<Opener> present = openers;
    return present == null ? makeOpeners() : present;
  }

  private synchronized Slots<Opener> makeOpeners() {
    Slots<Opener> present = openers;
    if (present == null) {
      present = new Slots<>();
      openers = present;
    }
    return present;
  }

  private HsmException failed(Exception cause) {
    if (cause instanceof HsmException known) {
      return known;
    }
    if (cause instanceof AEADBadTagException) {
      return invalid();
    }
    if (destroyed) {
      return new HsmException(Reason.KEY_NOT_FOUND, "the key was destroyed meanwhile");
    }
    return new HsmException(Reason.INTERNAL, "the cipher failed", cause);
  }

  private static HsmException invalid() {
    return new HsmException(Reason.CIPHERTEXT_INVALID, "not a ciphertext of this key");
  }
}
