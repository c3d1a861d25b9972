package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The IV of the message at hand, for one message after the other. The cipher asks for it twice and
 * keeps what it gets: one array for each message, which nobody changes, instead of three. For one
 * thread at a time.
 */
final class MessageIv extends GCMParameterSpec {
  private static final int LENGTH = XaesSuite.NONCE - Derivation.PREFIX;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] iv = new byte[LENGTH];

  MessageIv() {
    super(8 * XaesSuite.TAG, new byte[LENGTH]);
  }

  /** From now on it is this number. */
  MessageIv of(int high, long low) {
    byte[] fresh = new byte[LENGTH];
    INTS.set(fresh, 0, high);
    LONGS.set(fresh, Integer.BYTES, low);
    iv = fresh;
    return this;
  }

  /** From now on it is the IV that begins there. */
  MessageIv at(byte[] source, int offset) {
    iv = Arrays.copyOfRange(source, offset, offset + LENGTH);
    return this;
  }

  @Override
  public byte[] getIV() {
    return iv;
  }
}
