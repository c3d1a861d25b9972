package dev.cks.service;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import org.jspecify.annotations.Nullable;

/**
 * Records cryptographic operations. Refusals are always offered to the sink, successes only when
 * asked for, and nothing is built that the sink does not want. A refusal is null on success; a key
 * is null if the call was refused before it was found. What is returned is the id of the event;
 * null if none was recorded.
 */
final class CryptoAudit {
  private static final String GENERATE_RANDOM = "GenerateRandom";

  private final Auditor auditor;
  private final boolean successes;

  CryptoAudit(Auditor auditor, boolean successes) {
    this.auditor = auditor;
    this.successes = successes;
  }

  private boolean wants(String operation, @Nullable KmsException refusal) {
    return (refusal != null || successes) && auditor.wants(operation, refusal == null);
  }

  @Nullable String encrypt(
      CryptoRequests.Encrypt request,
      Caller caller,
      @Nullable KeyEntry entry,
      @Nullable KmsException refusal) {
    String name = KeyOperation.ENCRYPT.wireName();
    if (wants(name, refusal)) {
      Auditor.Call call = auditor.quietCall().requested("keyId", request.keyId());
      context(call, "encryptionContext", request.context());
      algorithm(call, "encryptionAlgorithm", request.algorithm());
      return finish(name, call, request.dryRun(), caller, refusal, entry, null);
    }
    return null;
  }

  @Nullable String decrypt(
      CryptoRequests.Decrypt request,
      Caller caller,
      @Nullable KeyEntry entry,
      @Nullable KmsException refusal) {
    String name = KeyOperation.DECRYPT.wireName();
    if (wants(name, refusal)) {
      // most callers name no key: the ciphertext does
      String keyId = entry == null ? request.keyId() : entry.key().arn();
      Auditor.Call call = auditor.quietCall().requested("keyId", keyId);
      context(call, "encryptionContext", request.context());
      algorithm(call, "encryptionAlgorithm", request.algorithm());
      return finish(name, call, request.dryRun(), caller, refusal, entry, null);
    }
    return null;
  }

  @Nullable String reEncrypt(
      CryptoRequests.ReEncrypt request,
      Caller caller,
      @Nullable KeyEntry source,
      @Nullable KeyEntry destination,
      @Nullable KmsException refusal) {
    String name = KeyOperation.RE_ENCRYPT.wireName();
    if (wants(name, refusal)) {
      Auditor.Call call = auditor.quietCall().requested("sourceKeyId", request.sourceKeyId());
      context(call, "sourceEncryptionContext", request.sourceContext());
      algorithm(call, "sourceEncryptionAlgorithm", request.sourceAlgorithm());
      call.requested("destinationKeyId", request.destinationKeyId());
      context(call, "destinationEncryptionContext", request.destinationContext());
      algorithm(call, "destinationEncryptionAlgorithm", request.destinationAlgorithm());
      return finish(name, call, request.dryRun(), caller, refusal, source, destination);
    }
    return null;
  }

  @Nullable String dataKey(
      KeyOperation operation,
      CryptoRequests.GenerateDataKey request,
      Caller caller,
      @Nullable KeyEntry entry,
      @Nullable KmsException refusal) {
    String name = operation.wireName();
    if (wants(name, refusal)) {
      Auditor.Call call = auditor.quietCall().requested("keyId", request.keyId());
      context(call, "encryptionContext", request.context());
      if (request.keySpec() == null) {
        call.requested("numberOfBytes", request.numberOfBytes());
      } else {
        call.requested("keySpec", request.keySpec());
      }
      return finish(name, call, request.dryRun(), caller, refusal, entry, null);
    }
    return null;
  }

  /** A dry run that ignores the ciphertext; it is always refused. */
  void trial(
      KeyOperation operation,
      CryptoRequests.KeyTrial trial,
      Caller caller,
      @Nullable KeyEntry entry,
      KmsException refusal) {
    String name = operation.wireName();
    if (wants(name, refusal)) {
      Auditor.Call call = auditor.quietCall().requested("keyId", trial.keyId());
      context(call, "encryptionContext", trial.context());
      algorithm(call, "encryptionAlgorithm", trial.algorithm());
      finish(name, call, true, caller, refusal, entry, null);
    }
  }

  void random(
      int numberOfBytes, @Nullable String storeId, Caller caller, @Nullable KmsException refusal) {
    if (wants(GENERATE_RANDOM, refusal)) {
      Auditor.Call call =
          auditor
              .quietCall()
              .requested("numberOfBytes", numberOfBytes)
              .requested("customKeyStoreId", storeId);
      auditor.recordCrypto(GENERATE_RANDOM, caller, call, refusal);
    }
  }

  private static void context(Auditor.Call call, String name, EncryptionContext context) {
    if (!context.pairs().isEmpty()) {
      call.requested(name, context.pairs());
    }
  }

  private static void algorithm(Auditor.Call call, String name, @Nullable String algorithm) {
    call.requested(name, algorithm == null ? KeyRules.SYMMETRIC_DEFAULT : algorithm);
  }

  private String finish(
      String operation,
      Auditor.Call call,
      boolean dryRun,
      Caller caller,
      @Nullable KmsException refusal,
      @Nullable KeyEntry key,
      @Nullable KeyEntry otherKey) {
    if (dryRun) {
      call.requested("dryRun", true);
    }
    concerning(call, key);
    concerning(call, otherKey);
    return auditor.recordCrypto(operation, caller, call, refusal);
  }

  private static void concerning(Auditor.Call call, @Nullable KeyEntry entry) {
    if (entry != null) {
      KmsKey key = entry.key();
      call.concerningKey(key.arn());
      if (key.home() instanceof KeyHome.Custom custom) {
        // of two key stores the source's is shown
        call.addingUnlessThere("customKeyStoreId", custom.store().value());
      }
    }
  }
}
