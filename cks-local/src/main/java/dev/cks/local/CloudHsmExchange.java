package dev.cks.local;

import dev.cks.aws.service.RequestShapes;
import dev.cks.aws.service.SdkAnswers;
import dev.cks.service.Caller;
import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmAccessDeniedException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmInternalFailureException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmInvalidRequestException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmResourceLimitExceededException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmResourceNotFoundException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmServiceException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmTagException;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmV2Exception;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmV2Request;
import software.amazon.awssdk.services.cloudhsmv2.model.CloudHsmV2Response;

/**
 * What every operation of CloudHSM has in common: constraints come before anything else, errors
 * become the SDK's, and the answer carries its request id.
 */
final class CloudHsmExchange {
  private static final Logger LOG = LoggerFactory.getLogger(CloudHsmExchange.class);
  private static final RequestShapes SHAPES =
      RequestShapes.of(
          Objects.requireNonNull(CloudHsmExchange.class.getResource("cloudhsmv2-constraints.tsv")));

  private final Supplier<Caller> callers;

  CloudHsmExchange(Supplier<Caller> callers) {
    this.callers = callers;
  }

  /** One operation: a request whose shape is right, and who makes it. */
  @FunctionalInterface
  interface Operation<I extends CloudHsmV2Request, B extends CloudHsmV2Response.Builder> {
    B answer(I request, Caller caller);
  }

  <I extends CloudHsmV2Request, B extends CloudHsmV2Response.Builder> B answer(
      I request, Operation<I, B> operation) {
    Objects.requireNonNull(request, "request");
    Caller caller = callers.get();
    try {
      check(request);
      return SdkAnswers.describe(operation.answer(request, caller), caller.requestId());
    } catch (RuntimeException e) {
      throw toSdk(e, caller.requestId());
    }
  }

  private static void check(CloudHsmV2Request request) {
    SHAPES
        .check(request)
        .ifPresent(
            broken -> {
              throw new CloudHsmException(CloudHsmErrorCode.INVALID_REQUEST, broken.message());
            });
  }

  /** What only a bug can cause is told in the log and not to callers. */
  private static SdkException toSdk(RuntimeException thrown, String requestId) {
    if (thrown instanceof CloudHsmException error) {
      return toSdk(error.code(), error.getMessage(), requestId);
    }
    LOG.error("request {} failed for a reason that is a bug", requestId, thrown);
    return toSdk(
        CloudHsmErrorCode.INTERNAL_FAILURE,
        "The request was rejected because of an AWS CloudHSM internal failure. The request can be"
            + " retried.",
        requestId);
  }

  private static SdkException toSdk(
      CloudHsmErrorCode code, @Nullable String message, String requestId) {
    return SdkAnswers.exception(
        builder(code),
        new SdkAnswers.Refusal("CloudHsmV2", code.wireName(), code.httpStatus(), message),
        requestId);
  }

  private static CloudHsmV2Exception.Builder builder(CloudHsmErrorCode code) {
    return switch (code) {
      case ACCESS_DENIED -> CloudHsmAccessDeniedException.builder();
      case INTERNAL_FAILURE -> CloudHsmInternalFailureException.builder();
      case INVALID_REQUEST -> CloudHsmInvalidRequestException.builder();
      case RESOURCE_LIMIT_EXCEEDED -> CloudHsmResourceLimitExceededException.builder();
      case RESOURCE_NOT_FOUND -> CloudHsmResourceNotFoundException.builder();
      case SERVICE -> CloudHsmServiceException.builder();
      case TAG -> CloudHsmTagException.builder();
    };
  }
}
