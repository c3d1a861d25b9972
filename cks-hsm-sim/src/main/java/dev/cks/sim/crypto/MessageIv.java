package dev.cks.sim.crypto;

import java.util.Arrays;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The IV of the message at hand, for one message after the other. The cipher asks for it twice and
 * keeps what it gets: one array for each message, which nobody changes, instead of three. For one
 * thread at a time.
 */
final class MessageIv extends GCMParameterSpec {
  private static final int LENGTH = XaesSuite.NONCE - Derivation.PREFIX;

  private byte[] iv = new byte[LENGTH];

  MessageIv() {
    super(8 * XaesSuite.TAG, new byte[LENGTH]);
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
