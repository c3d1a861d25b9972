package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * Messages that share a nonce prefix, hence a message key, and are told apart by a counter. It is
 * used by one thread at a time, the one that holds it, so no counter is ever used twice; in
 * between, it lies in its key, which is cheaper than a batch for each message where many keys take
 * turns. It is the message key itself, in one object: with a million keys, each further one is
 * another walk to memory.
 */
final class Batch extends InlineKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle STATE;

  private static final int IDLE = 0;
  private static final int HELD = 1;
  private static final int WIPED = 2;

  private static final int TAIL = Long.BYTES;
  private static final int COUNTER = Derivation.PREFIX;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Batch.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final transient long head;
  private final transient int tail;
  private transient int counterHigh;
  private transient long counterLow;
  private transient int left;
  private transient int lastMiss;

  /** Changed by the holder only, but for {@link #hold}. */
  private transient volatile int state = HELD;

  /**
   * A batch, held by who makes it.
   *
   * @param messageKey 32 bytes; wiped
   * @param nonce the nonce of the first message
   * @param limit how many messages it may have
   */
  Batch(RawAesKey messageKey, byte[] nonce, int limit) {
    super(messageKey.getEncoded());
    messageKey.destroy();
    head = (long) LONGS.get(nonce, 0);
    tail = (int) INTS.get(nonce, TAIL);
    counterHigh = (int) INTS.get(nonce, COUNTER);
    counterLow = (long) LONGS.get(nonce, COUNTER + Integer.BYTES);
    left = limit;
  }

  // who may use it

  /** Makes the caller its holder, if nobody is. */
  boolean hold() {
    return state == IDLE && STATE.compareAndSet(this, IDLE, HELD);
  }

  /** Ends the caller's holding. */
  void release() {
    state = IDLE;
  }

  /** Ends it; only for the holder. */
  void wipe() {
    state = WIPED;
    wipeKey();
  }

  @Override
  public boolean isDestroyed() {
    return state == WIPED;
  }

  boolean isSpent() {
    return left <= 0;
  }

  /** No further message: of this one it is not known how far it got. */
  void spend() {
    left = 0;
  }

  /** Notes when it was wanted while its key had no cipher; returns when that was before. */
  int missed(int now) {
    int before = lastMiss;
    lastMiss = now;
    return before;
  }

  // messages

  /**
   * Encrypts one message with a cipher of the holder's. The associated data may lie where the
   * output goes: it is read before anything is written.
   */
  int seal(
      Cipher cipher,
      MessageIv iv,
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset)
      throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, this, iv.of(counterHigh, counterLow));
    cipher.updateAAD(aad, aadOffset, aadLength);
    writeHeader(out, outOffset);
    stepOn();
    return XaesSuite.HEADER + cipher.doFinal(in, offset, length, out, outOffset + XaesSuite.HEADER);
  }

  private void writeHeader(byte[] out, int offset) {
    out[offset] = XaesSuite.ID;
    int nonce = offset + 1;
    LONGS.set(out, nonce, head);
    INTS.set(out, nonce + TAIL, tail);
    INTS.set(out, nonce + COUNTER, counterHigh);
    LONGS.set(out, nonce + COUNTER + Integer.BYTES, counterLow);
  }

  /** The nonce is used up, even if the cipher fails now. */
  private void stepOn() {
    left--;
    counterLow++;
    if (counterLow == 0) {
      counterHigh++;
    }
  }

  // what the cipher asks for

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    if (state == WIPED) {
      throw new IllegalStateException("the key has been wiped");
    }
    return copyOfKey();
  }
}
