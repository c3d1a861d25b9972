package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The first half of a nonce under one key object: what a message key depends on. */
record Prefix(XaesKey owner, long head, int tail) {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  static Prefix read(XaesKey owner, byte[] nonce, int offset) {
    return new Prefix(
        owner, (long) LONGS.get(nonce, offset), (int) INTS.get(nonce, offset + Long.BYTES));
  }

  /** Whether this is the prefix there. */
  boolean isAt(byte[] nonce, int offset) {
    return head == (long) LONGS.get(nonce, offset)
        && tail == (int) INTS.get(nonce, offset + Long.BYTES);
  }
}
