package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The IV of the message at hand, for one message after the other. The cipher asks for it twice and
 * keeps what it gets until the next message, to see that this has another: so two arrays take
 * turns, instead of three new ones for each message. For one thread at a time, and one cipher.
 */
final class MessageIv extends GCMParameterSpec {
  private static final int LENGTH = XaesSuite.NONCE - Derivation.PREFIX;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] even = new byte[LENGTH];
  private final byte[] odd = new byte[LENGTH];
  private byte[] iv = odd;

  MessageIv() {
    super(8 * XaesSuite.TAG, new byte[LENGTH]);
  }

  /** From now on it is this number. */
  MessageIv of(int high, long low) {
    iv = other();
    INTS.set(iv, 0, high);
    LONGS.set(iv, Integer.BYTES, low);
    return this;
  }

  /** From now on it is the IV that begins there. */
  MessageIv at(byte[] source, int offset) {
    iv = other();
    System.arraycopy(source, offset, iv, 0, LENGTH);
    return this;
  }

  private byte[] other() {
    return iv == even ? odd : even;
  }

  @Override
  public byte[] getIV() {
    return iv;
  }
}
