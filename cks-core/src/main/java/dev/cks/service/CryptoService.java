package dev.cks.service;

import org.jspecify.annotations.Nullable;

/** The data plane. */
public final class CryptoService {
  CryptoService() {}

  public CryptoRequests.Encrypted encrypt(CryptoRequests.Encrypt request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public CryptoRequests.Decrypted decrypt(CryptoRequests.Decrypt request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public CryptoRequests.ReEncrypted reEncrypt(CryptoRequests.ReEncrypt request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public CryptoRequests.DataKey generateDataKey(
      CryptoRequests.GenerateDataKey request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  /** The same without the plaintext key: its array is empty. */
  public CryptoRequests.DataKey generateDataKeyWithoutPlaintext(
      CryptoRequests.GenerateDataKey request, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }

  public byte[] generateRandom(
      int numberOfBytes, @Nullable String customKeyStoreId, Caller caller) {
    throw new UnsupportedOperationException("soon");
  }
}
