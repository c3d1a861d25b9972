package dev.cks.sim.hsm;

import dev.cks.sim.crypto.XaesKey;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.spi.HsmKey;

/** A key as a session sees it. Looks the key up on the nodes with each use. Thread-safe. */
final class SimulatedKey implements HsmKey {
  private final SimulatedSession session;
  private final KeyObject found;

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
    KeyObject key = session.useForCrypto(FaultPoint.ENCRYPT, found.id());
    return key.key().encrypt(aad, in, offset, length, out, outOffset);
  }

  @Override
  public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    KeyObject key = session.useForCrypto(FaultPoint.DECRYPT, found.id());
    return key.key().decrypt(aad, in, offset, length, out, outOffset);
  }
}
