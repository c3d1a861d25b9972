package dev.cks.aws.service;

import dev.cks.service.Caller;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/**
 * What every operation has in common: constraints come before anything else, errors become the
 * SDK's, and the answer carries its request id.
 */
final class Exchange {
  private final Supplier<Caller> callers;

  Exchange(Supplier<Caller> callers) {
    this.callers = callers;
  }

  /** One operation: a request whose shape is right, and who makes it. */
  @FunctionalInterface
  interface Operation<I extends SdkPojo, B extends KmsResponse.Builder> {
    B answer(I request, Caller caller);
  }

  <I extends SdkPojo, B extends KmsResponse.Builder> B answer(
      I request, Operation<I, B> operation) {
    Objects.requireNonNull(request, "request");
    Caller caller = callers.get();
    try {
      Constraints.check(request);
      B response = operation.answer(request, caller);
      return SdkAnswers.describe(response, caller::requestId);
    } catch (RuntimeException e) {
      throw KmsFaults.toSdk(e, caller.requestId());
    }
  }

  /**
   * What answers a request that cannot succeed.
   *
   * @param refusal always throws
   */
  SdkException refusal(SdkPojo request, Consumer<Caller> refusal) {
    Objects.requireNonNull(request, "request");
    Caller caller = callers.get();
    try {
      Constraints.check(request);
      refusal.accept(caller);
      throw new IllegalStateException("not refused: " + request.getClass().getSimpleName());
    } catch (RuntimeException e) {
      return KmsFaults.toSdk(e, caller.requestId());
    }
  }
}
