package dev.cks.aws.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The one way to AWS. Questions become {@link Answer}s with their evidence; a permission that is
 * missing becomes a sentence. Changes become a {@link Surprise} where they are refused.
 */
final class AwsCalls {
  /** CloudTrail: two requests a second in an account and Region. */
  private static final Duration BETWEEN_LOOKUPS = Duration.ofMillis(500);

  private static final Set<String> DENIED =
      Set.of(
          "AccessDeniedException",
          "AccessDenied",
          "CloudHsmAccessDeniedException",
          "NotAuthorizedException",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "ExpiredTokenException");

  private static final Set<String> THROTTLED =
      Set.of("ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded");

  final KmsClient kms;
  final CloudHsmV2Client cloudHsm;
  final CloudTrailClient cloudTrail;
  final Pacing pacing;
  private @Nullable Instant lastLookup;

  AwsCalls(KmsClient kms, CloudHsmV2Client cloudHsm, CloudTrailClient cloudTrail, Pacing pacing) {
    this.kms = kms;
    this.cloudHsm = cloudHsm;
    this.cloudTrail = cloudTrail;
    this.pacing = pacing;
  }

  /**
   * Asks.
   *
   * @param call how the evidence names the call
   * @param brief what the evidence says of the answer
   */
  <T> Answer<T> ask(
      Permission needed, String call, Function<T, String> brief, Supplier<T> question) {
    try {
      T value = question.get();
      return new Answer.Got<>(value, new Evidence(call, brief.apply(value), pacing.now()));
    } catch (AwsServiceException refusal) {
      return refused(needed, call, refusal);
    } catch (SdkException failure) {
      return new Answer.Unseen<>(
          call
              + " did not get an answer ("
              + failure.getClass().getSimpleName()
              + "): "
              + needed.purpose()
              + ".");
    }
  }

  private <T> Answer<T> refused(Permission needed, String call, AwsServiceException refusal) {
    String code = code(refusal);
    if (DENIED.contains(code)) {
      return new Answer.Unseen<>(
          "The permission " + needed.action() + " is missing: " + needed.purpose() + ".");
    }
    if (THROTTLED.contains(code)) {
      return new Answer.Unseen<>(call + " was throttled: " + needed.purpose() + ".");
    }
    String message = message(refusal);
    return new Answer.Refused<>(
        code, message, new Evidence(call, code + ": " + message, pacing.now()));
  }

  /** Changes something. */
  <T> T act(String call, Supplier<T> change) throws Surprise {
    try {
      return change.get();
    } catch (AwsServiceException refusal) {
      throw new Surprise(call + " answered " + code(refusal) + ": " + message(refusal));
    } catch (SdkException failure) {
      throw new Surprise(
          call + " did not get an answer (" + failure.getClass().getSimpleName() + ")");
    }
  }

  /** The same with a secret among the parameters: what AWS says of them is not repeated. */
  <T> T actInSecret(String call, Supplier<T> change) throws Surprise {
    try {
      return change.get();
    } catch (AwsServiceException refusal) {
      throw new Surprise(call + " answered " + code(refusal));
    } catch (SdkException failure) {
      throw new Surprise(
          call + " did not get an answer (" + failure.getClass().getSimpleName() + ")");
    }
  }

  private static String code(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? refusal.getClass().getSimpleName()
        : details.errorCode();
  }

  private static String message(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  /** Waits until CloudTrail may be asked again. */
  synchronized void beforeLookup() throws Surprise {
    Instant last = lastLookup;
    if (last != null) {
      Duration rest = BETWEEN_LOOKUPS.minus(Duration.between(last, pacing.now()));
      if (!rest.isNegative() && !rest.isZero()) {
        pause(rest);
      }
    }
    lastLookup = pacing.now();
  }

  void pause(Duration time) throws Surprise {
    try {
      pacing.pause(time);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Surprise("interrupted while waiting");
    }
  }
}
