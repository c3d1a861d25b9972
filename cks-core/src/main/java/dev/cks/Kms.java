package dev.cks;

import dev.cks.domain.key.AccountRegion;
import dev.cks.service.CryptoService;
import dev.cks.service.KeyService;
import dev.cks.service.KeyStoreService;

/** Entry point. */
public final class Kms implements AutoCloseable {
  private Kms() {}

  public static Kms create(KmsConfig config) {
    throw new UnsupportedOperationException("soon");
  }

  public AccountRegion scope() {
    throw new UnsupportedOperationException("soon");
  }

  public KeyStoreService keyStores() {
    throw new UnsupportedOperationException("soon");
  }

  public KeyService keys() {
    throw new UnsupportedOperationException("soon");
  }

  public CryptoService crypto() {
    throw new UnsupportedOperationException("soon");
  }

  /** A caller for in-process use: the account's root with a fresh request id. */
  public dev.cks.service.Caller rootCaller() {
    throw new UnsupportedOperationException("soon");
  }

  @Override
  public void close() {}
}
