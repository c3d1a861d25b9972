package dev.cks.service;

import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KmsKey;
import dev.cks.spi.AuditEvent;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The event of a successful cryptographic call, told when somebody looks: writing it out takes
 * longer than the call. Holds nothing secret, neither plaintext nor ciphertext. Immutable.
 */
final class CryptoEvent implements Supplier<AuditEvent>, LatestUse {

  /** Writes the request's parameters into the event. */
  interface Parameters {
    void writeTo(Auditor.Call call);
  }

  private final CryptoAudit audit;
  private final @Nullable KeyOperation operation;
  private final long id;
  private final Instant time;
  private final Caller caller;
  private final Parameters parameters;
  private final @Nullable KmsKey key;
  private final @Nullable KmsKey otherKey;

  /**
   * An event.
   *
   * @param operation null for GenerateRandom, which uses no key
   * @param id a number that {@code audit} gave, and makes the event's id of
   */
  CryptoEvent(
      CryptoAudit audit,
      @Nullable KeyOperation operation,
      long id,
      Instant time,
      Caller caller,
      Parameters parameters,
      @Nullable KmsKey key,
      @Nullable KmsKey otherKey) {
    this.audit = audit;
    this.operation = operation;
    this.id = id;
    this.time = time;
    this.caller = caller;
    this.parameters = parameters;
    this.key = key;
    this.otherKey = otherKey;
  }

  String name() {
    return operation == null ? CryptoAudit.GENERATE_RANDOM : operation.wireName();
  }

  @Override
  public AuditEvent get() {
    Auditor.Call call = new Auditor.Call(time);
    parameters.writeTo(call);
    CryptoAudit.concerning(call, key);
    CryptoAudit.concerning(call, otherKey);
    return Auditor.event(audit.idOf(id), name(), caller, call, null);
  }

  @Override
  public KeyUse toUse() {
    if (operation == null) {
      throw new IllegalStateException("no key was used");
    }
    return new KeyUse(operation, time, caller.requestId(), audit.idOf(id));
  }
}
