package dev.cks.service;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import org.jspecify.annotations.Nullable;

/**
 * Records cryptographic operations. Refusals are always offered to the sink, successes only when
 * asked for, and nothing is built that the sink does not want.
 */
final class CryptoAudit {
  private static final String GENERATE_RANDOM = "GenerateRandom";

  private final Auditor auditor;
  private final boolean successes;

  CryptoAudit(Auditor auditor, boolean successes) {
    this.auditor = auditor;
    this.successes = successes;
  }

  void succeeded(KeyOperation operation, Caller caller, KmsKey key, EncryptionContext context) {
    if (successes && auditor.wants(operation.wireName(), true)) {
      auditor.recordCrypto(operation.wireName(), caller, call(key, context), null);
    }
  }

  void succeeded(
      KeyOperation operation,
      Caller caller,
      KmsKey source,
      EncryptionContext context,
      KmsKey destination) {
    if (successes && auditor.wants(operation.wireName(), true)) {
      Auditor.Call call = call(source, context).concerning(destination.arn());
      auditor.recordCrypto(operation.wireName(), caller, call, null);
    }
  }

  void refused(
      KeyOperation operation,
      Caller caller,
      @Nullable KeyEntry entry,
      EncryptionContext context,
      KmsException refusal) {
    if (auditor.wants(operation.wireName(), false)) {
      Auditor.Call call = entry == null ? auditor.quietCall() : call(entry.key(), context);
      auditor.recordCrypto(operation.wireName(), caller, call, refusal);
    }
  }

  void succeededRandom(Caller caller, int numberOfBytes, @Nullable String storeId) {
    if (successes && auditor.wants(GENERATE_RANDOM, true)) {
      auditor.recordCrypto(GENERATE_RANDOM, caller, randomCall(numberOfBytes, storeId), null);
    }
  }

  void refusedRandom(
      Caller caller, int numberOfBytes, @Nullable String storeId, KmsException refusal) {
    if (auditor.wants(GENERATE_RANDOM, false)) {
      auditor.recordCrypto(GENERATE_RANDOM, caller, randomCall(numberOfBytes, storeId), refusal);
    }
  }

  private Auditor.Call randomCall(int numberOfBytes, @Nullable String storeId) {
    return auditor
        .quietCall()
        .requested("numberOfBytes", numberOfBytes)
        .requested("customKeyStoreId", storeId);
  }

  private Auditor.Call call(KmsKey key, EncryptionContext context) {
    Auditor.Call call = auditor.quietCall().requested("keyId", key.arn()).concerning(key.arn());
    if (!context.pairs().isEmpty()) {
      call.requested("encryptionContext", context.pairs());
    }
    if (key.home() instanceof KeyHome.Custom custom) {
      call.adding("customKeyStoreId", custom.store().value());
    }
    return call;
  }
}
