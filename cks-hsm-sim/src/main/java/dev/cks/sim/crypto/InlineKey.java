package dev.cks.sim.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * 32 bytes of a key in the object that owns them: with a million keys, an array for each is another
 * header and another walk to memory. Subclasses see to it that who reads wiped bytes notices.
 */
abstract class InlineKey {
  /** How many bytes. */
  static final int LENGTH = 4 * Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private long key0;
  private long key1;
  private long key2;
  private long key3;

  /** Takes the bytes out of the array, which is wiped. */
  InlineKey(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("an AES-256 key has 32 bytes");
    }
    key0 = (long) LONGS.get(bytes, 0);
    key1 = (long) LONGS.get(bytes, Long.BYTES);
    key2 = (long) LONGS.get(bytes, 2 * Long.BYTES);
    key3 = (long) LONGS.get(bytes, 3 * Long.BYTES);
    Arrays.fill(bytes, (byte) 0);
  }

  /** A copy, to be wiped by the caller. */
  final byte[] copyOfKey() {
    byte[] bytes = new byte[LENGTH];
    LONGS.set(bytes, 0, key0);
    LONGS.set(bytes, Long.BYTES, key1);
    LONGS.set(bytes, 2 * Long.BYTES, key2);
    LONGS.set(bytes, 3 * Long.BYTES, key3);
    return bytes;
  }

  final void wipeKey() {
    key0 = 0;
    key1 = 0;
    key2 = 0;
    key3 = 0;
  }
}
