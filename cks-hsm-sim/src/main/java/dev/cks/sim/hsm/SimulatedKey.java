package dev.cks.sim.hsm;

import dev.cks.sim.crypto.XaesKey;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.HsmKey;
import org.jspecify.annotations.Nullable;

/**
 * A key as a session sees it. With each use it asks the nodes for the key, or makes sure that
 * nothing has changed since it last did. Thread-safe.
 */
final class SimulatedKey implements HsmKey {
  private final SimulatedSession session;
  private final KeyObject found;

  /** Where it was last seen; read and written without order: each such object says the truth. */
  private @Nullable Sight seen;

  SimulatedKey(SimulatedSession session, KeyObject found) {
    this.session = session;
    this.found = found;
  }

  @Override
  public Facts facts() {
    return session.use(FaultPoint.FIND, found.id()).facts();
  }

  @Override
  public String reference() {
    return session.use(FaultPoint.FIND, found.id()).reference();
  }

  @Override
  public int ciphertextLength(int plaintextLength) {
    return XaesKey.ciphertextLength(plaintextLength);
  }

  @Override
  public int plaintextLength(int ciphertextLength) {
    return XaesKey.plaintextLength(ciphertextLength);
  }

  @Override
  public int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    return encrypt(aad, 0, aad.length, in, offset, length, out, outOffset);
  }

  @Override
  public int encrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    return key(FaultPoint.ENCRYPT)
        .encrypt(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
  }

  @Override
  public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    return decrypt(aad, 0, aad.length, in, offset, length, out, outOffset);
  }

  @Override
  public int decrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    return key(FaultPoint.DECRYPT)
        .decrypt(aad, aadOffset, aadLength, in, offset, length, out, outOffset);
  }

  private XaesKey key(FaultPoint point) {
    Sight sight = seen;
    if (sight != null && session.stillSees(sight, found)) {
      return found.key();
    }
    KeyObject key = session.useForCrypto(point, found.id());
    seen = session.sightOf(found);
    return key.key();
  }
}
