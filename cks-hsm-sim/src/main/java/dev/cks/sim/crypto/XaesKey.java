package dev.cks.sim.crypto;

import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * A 256-bit key of an {@link XaesSuite}. Thread-safe: each call has a cipher of its own, taken from
 * a small pool that ends with the key.
 */
public final class XaesKey implements KeyMaterial {
  private final XaesSuite suite;
  private final RawAesKey material;

  // made with the first use: most keys of a large cluster are idle
  private volatile @Nullable Slots<Sealer> sealers;
  private volatile @Nullable Slots<Opener> openers;

  XaesKey(XaesSuite suite, byte[] material) {
    if (material.length != 32) {
      throw new IllegalArgumentException("an AES-256 key has 32 bytes");
    }
    this.suite = suite;
    this.material = new RawAesKey(material);
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
    Slots<Sealer> slots = sealers();
    Sealer sealer = takeSealer(slots);
    int written;
    try {
      written = sealer.seal(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
    } catch (GeneralSecurityException | RuntimeException e) {
      suite.drop(sealer);
      throw failed(e);
    }
    giveBack(slots, sealer, sealer.isSpent());
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
    Slots<Opener> slots = openers();
    Opener opener = takeOpener(slots, in, offset + 1);
    try {
      opener.open(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
    } catch (GeneralSecurityException | RuntimeException e) {
      suite.drop(opener);
      Arrays.fill(out, outOffset, outOffset + plain, (byte) 0);
      throw failed(e);
    }
    opener.opened();
    giveBack(slots, opener, false);
    return plain;
  }

  @Override
  public int length() {
    return 32;
  }

  @Override
  public byte[] checkValue() {
    return PlainAesKey.checkValueOf(material);
  }

  /** Wipes the key and everything derived from it. Calls that have begun may still finish. */
  @Override
  public void destroy() {
    material.destroy();
    empty(sealers);
    if (empty(openers)) {
      suite.forgetPrefixes(this);
    }
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
    return new Derivation(material);
  }

  /** The suite wants a context to end; if it is in use, its user drops it. */
  void forget(Context context) {
    Slots<Sealer> sealing = sealers;
    Slots<Opener> opening = openers;
    boolean idle =
        (sealing != null && sealing.remove(context))
            || (opening != null && opening.remove(context));
    if (idle) {
      context.wipe();
    }
  }

  private Sealer takeSealer(Slots<Sealer> slots) {
    Sealer idle = slots.take();
    if (idle != null) {
      if (!idle.isRetired()) {
        return idle;
      }
      suite.drop(idle);
    }
    try {
      return suite.newSealer(this);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw failed(e);
    }
  }

  private Opener takeOpener(Slots<Opener> slots, byte[] in, int nonce) {
    Opener idle = slots.take();
    if (idle != null && idle.prefix().isAt(in, nonce)) {
      return idle;
    }
    Prefix prefix = Prefix.read(this, in, nonce);
    try {
      if (idle == null) {
        RawAesKey known = suite.remembered(prefix);
        return suite.newOpener(prefix, known != null ? known : derive(in, nonce));
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
    if (material.isDestroyed()) {
      suite.forgetPrefix(opener.prefix());
    }
  }

  private <C extends Context> void giveBack(Slots<C> slots, C context, boolean spent) {
    if (spent || context.isRetired() || material.isDestroyed() || !slots.give(context)) {
      suite.drop(context);
    } else if (context.isRetired() || material.isDestroyed()) {
      // it was retired while it went back: whoever gets hold of it drops it
      if (slots.remove(context)) {
        suite.drop(context);
      }
    }
  }

  private <C extends Context> boolean empty(@Nullable Slots<C> slots) {
    if (slots == null) {
      return false;
    }
    for (C idle = slots.take(); idle != null; idle = slots.take()) {
      suite.drop(idle);
    }
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
    if (material.isDestroyed()) {
      return new HsmException(Reason.KEY_NOT_FOUND, "the key was destroyed meanwhile");
    }
    return new HsmException(Reason.INTERNAL, "the cipher failed", cause);
  }

  private static HsmException invalid() {
    return new HsmException(Reason.CIPHERTEXT_INVALID, "not a ciphertext of this key");
  }
}
