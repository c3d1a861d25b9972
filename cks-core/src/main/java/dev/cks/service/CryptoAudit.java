package dev.cks.service;

import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import org.jspecify.annotations.Nullable;

/**
 * Records cryptographic operations. Refusals are always offered to the sink, successes only when
 * asked for, and nothing is built that the sink does not want. A key is null if the call was
 * refused before it was found. What a success answers is its event; null if none was recorded.
 */
final class CryptoAudit {
  static final String GENERATE_RANDOM = "GenerateRandom";

  private final Auditor auditor;
  private final boolean successes;

  CryptoAudit(Auditor auditor, boolean successes) {
    this.auditor = auditor;
    this.successes = successes;
  }

  @Nullable CryptoEvent encrypted(
      String keyId,
      EncryptionContext context,
      @Nullable String algorithm,
      Caller caller,
      KmsKey key) {
    return isWanted(KeyOperation.ENCRYPT)
        ? done(
            KeyOperation.ENCRYPT,
            caller,
            call -> withKey(call, keyId, context, algorithm),
            key,
            null)
        : null;
  }

  void encryptRefused(
      String keyId,
      EncryptionContext context,
      @Nullable String algorithm,
      boolean dryRun,
      Caller caller,
      @Nullable KeyEntry entry,
      KmsException refusal) {
    String name = KeyOperation.ENCRYPT.wireName();
    if (auditor.wants(name, false)) {
      Auditor.Call call = auditor.quietCall();
      withKey(call, keyId, context, algorithm);
      refused(name, call, dryRun, caller, refusal, entry, null);
    }
  }

  @Nullable CryptoEvent decrypted(
      EncryptionContext context, @Nullable String algorithm, Caller caller, KmsKey key) {
    return isWanted(KeyOperation.DECRYPT)
        ? done(
            KeyOperation.DECRYPT,
            caller,
            call -> withKey(call, key.arn(), context, algorithm),
            key,
            null)
        : null;
  }

  void decryptRefused(
      @Nullable String requested,
      EncryptionContext context,
      @Nullable String algorithm,
      boolean dryRun,
      Caller caller,
      @Nullable KeyEntry entry,
      KmsException refusal) {
    String name = KeyOperation.DECRYPT.wireName();
    if (auditor.wants(name, false)) {
      // most callers name no key: the ciphertext does
      String keyId = entry == null ? requested : entry.key().arn();
      Auditor.Call call = auditor.quietCall();
      withKey(call, keyId, context, algorithm);
      refused(name, call, dryRun, caller, refusal, entry, null);
    }
  }

  @Nullable CryptoEvent reEncrypted(
      CryptoRequests.ReEncrypt request, Caller caller, KmsKey source, KmsKey destination) {
    return isWanted(KeyOperation.RE_ENCRYPT)
        ? done(KeyOperation.RE_ENCRYPT, caller, bothSides(request), source, destination)
        : null;
  }

  void reEncryptRefused(
      CryptoRequests.ReEncrypt request,
      Caller caller,
      @Nullable KeyEntry source,
      @Nullable KeyEntry destination,
      KmsException refusal) {
    String name = KeyOperation.RE_ENCRYPT.wireName();
    if (auditor.wants(name, false)) {
      Auditor.Call call = auditor.quietCall();
      bothSides(request).writeTo(call);
      refused(name, call, request.dryRun(), caller, refusal, source, destination);
    }
  }

  private static CryptoEvent.Parameters bothSides(CryptoRequests.ReEncrypt request) {
    String sourceKeyId = request.sourceKeyId();
    EncryptionContext sourceContext = request.sourceContext();
    String sourceAlgorithm = request.sourceAlgorithm();
    String destinationKeyId = request.destinationKeyId();
    EncryptionContext destinationContext = request.destinationContext();
    String destinationAlgorithm = request.destinationAlgorithm();
    return call -> {
      call.requested("sourceKeyId", sourceKeyId);
      context(call, "sourceEncryptionContext", sourceContext);
      algorithm(call, "sourceEncryptionAlgorithm", sourceAlgorithm);
      call.requested("destinationKeyId", destinationKeyId);
      context(call, "destinationEncryptionContext", destinationContext);
      algorithm(call, "destinationEncryptionAlgorithm", destinationAlgorithm);
    };
  }

  @Nullable CryptoEvent dataKeyMade(
      KeyOperation operation, CryptoRequests.GenerateDataKey request, Caller caller, KmsKey key) {
    return isWanted(operation)
        ? done(operation, caller, call -> dataKey(call, request), key, null)
        : null;
  }

  void dataKeyRefused(
      KeyOperation operation,
      CryptoRequests.GenerateDataKey request,
      Caller caller,
      @Nullable KeyEntry entry,
      KmsException refusal) {
    String name = operation.wireName();
    if (auditor.wants(name, false)) {
      Auditor.Call call = auditor.quietCall();
      dataKey(call, request);
      refused(name, call, request.dryRun(), caller, refusal, entry, null);
    }
  }

  private static void dataKey(Auditor.Call call, CryptoRequests.GenerateDataKey request) {
    call.requested("keyId", request.keyId());
    context(call, "encryptionContext", request.context());
    if (request.keySpec() == null) {
      call.requested("numberOfBytes", request.numberOfBytes());
    } else {
      call.requested("keySpec", request.keySpec());
    }
  }

  /** A dry run that ignores the ciphertext; it is always refused. */
  void trial(
      KeyOperation operation,
      CryptoRequests.KeyTrial trial,
      Caller caller,
      @Nullable KeyEntry entry,
      KmsException refusal) {
    String name = operation.wireName();
    if (auditor.wants(name, false)) {
      Auditor.Call call = auditor.quietCall();
      withKey(call, trial.keyId(), trial.context(), trial.algorithm());
      refused(name, call, true, caller, refusal, entry, null);
    }
  }

  void randomMade(int numberOfBytes, @Nullable String storeId, Caller caller) {
    if (successes && auditor.wants(GENERATE_RANDOM, true)) {
      done(null, caller, call -> random(call, numberOfBytes, storeId), null, null);
    }
  }

  void randomRefused(
      int numberOfBytes, @Nullable String storeId, Caller caller, KmsException refusal) {
    if (auditor.wants(GENERATE_RANDOM, false)) {
      Auditor.Call call = auditor.quietCall();
      random(call, numberOfBytes, storeId);
      refused(GENERATE_RANDOM, call, false, caller, refusal, null, null);
    }
  }

  private static void random(Auditor.Call call, int numberOfBytes, @Nullable String storeId) {
    call.requested("numberOfBytes", numberOfBytes).requested("customKeyStoreId", storeId);
  }

  private static void withKey(
      Auditor.Call call,
      @Nullable String keyId,
      EncryptionContext context,
      @Nullable String algorithm) {
    call.requested("keyId", keyId);
    context(call, "encryptionContext", context);
    algorithm(call, "encryptionAlgorithm", algorithm);
  }

  private static void context(Auditor.Call call, String name, EncryptionContext context) {
    if (!context.isEmpty()) {
      call.requested(name, context.pairs());
    }
  }

  private static void algorithm(Auditor.Call call, String name, @Nullable String algorithm) {
    call.requested(name, algorithm == null ? KeyRules.SYMMETRIC_DEFAULT : algorithm);
  }

  private boolean isWanted(KeyOperation operation) {
    return successes && auditor.wants(operation.wireName(), true);
  }

  private CryptoEvent done(
      @Nullable KeyOperation operation,
      Caller caller,
      CryptoEvent.Parameters parameters,
      @Nullable KmsKey key,
      @Nullable KmsKey otherKey) {
    CryptoEvent event =
        new CryptoEvent(
            this,
            operation,
            auditor.nextQuickId(),
            auditor.now(),
            caller,
            parameters,
            key,
            otherKey);
    auditor.recordLater(event.name(), event);
    return event;
  }

  String idOf(long number) {
    return auditor.quickId(number);
  }

  private void refused(
      String operation,
      Auditor.Call call,
      boolean dryRun,
      Caller caller,
      KmsException refusal,
      @Nullable KeyEntry key,
      @Nullable KeyEntry otherKey) {
    if (dryRun) {
      call.requested("dryRun", true);
    }
    concerning(call, key == null ? null : key.key());
    concerning(call, otherKey == null ? null : otherKey.key());
    auditor.recordRefusal(operation, caller, call, refusal);
  }

  static void concerning(Auditor.Call call, @Nullable KmsKey key) {
    if (key != null) {
      call.concerningKey(key.arn());
      if (key.home() instanceof KeyHome.Custom custom) {
        // of two key stores the source's is shown
        call.addingUnlessThere("customKeyStoreId", custom.store().value());
      }
    }
  }
}
