package dev.cks.sim;

import dev.cks.sim.crypto.XaesKey;
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
    return session.use(found.id()).facts();
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
    return session.useForCrypto(found.id()).key().encrypt(aad, in, offset, length, out, outOffset);
  }

  @Override
  public int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset) {
    return session.useForCrypto(found.id()).key().decrypt(aad, in, offset, length, out, outOffset);
  }
}
