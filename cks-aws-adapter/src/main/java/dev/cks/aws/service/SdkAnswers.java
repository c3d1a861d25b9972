package dev.cks.aws.service;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.DefaultAwsResponseMetadata;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.util.AwsHeader;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Gives answers and errors what the SDK's generated clients give them besides their content. For
 * whoever implements one of the SDK's client interfaces.
 */
public final class SdkAnswers {
  private static final SdkHttpResponse OK = SdkHttpResponse.builder().statusCode(200).build();

  private SdkAnswers() {}

  /**
   * An error as an answer of AWS states it.
   *
   * @param service the service as the SDK names it in error details, for example {@code Kms}
   * @param code the error's name on the wire
   * @param status the HTTP status
   * @param message what callers read
   */
  public record Refusal(String service, String code, int status, @Nullable String message) {}

  /**
   * Gives an answer its request id and status 200.
   *
   * @return the same builder
   */
  public static <B extends AwsResponse.Builder> B describe(B response, String requestId) {
    return describe(response, () -> requestId);
  }

  /** The same; the request id is asked for when somebody looks at it, and never changes. */
  static <B extends AwsResponse.Builder> B describe(B response, Supplier<String> requestId) {
    response
        .responseMetadata(DefaultAwsResponseMetadata.create(new RequestIdAlone(requestId)))
        .sdkHttpResponse(OK);
    return response;
  }

  /** The metadata of an answer: most are thrown away unread. */
  private static final class RequestIdAlone extends AbstractMap<String, String> {
    private final Supplier<String> requestId;

    RequestIdAlone(Supplier<String> requestId) {
      this.requestId = requestId;
    }

    @Override
    public @Nullable String get(Object key) {
      return AwsHeader.AWS_REQUEST_ID.equals(key) ? requestId.get() : null;
    }

    @Override
    public boolean containsKey(Object key) {
      return AwsHeader.AWS_REQUEST_ID.equals(key);
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      return Set.of(Map.entry(AwsHeader.AWS_REQUEST_ID, requestId.get()));
    }
  }

  /** The exception that the SDK throws for an error; the builder says of which class. */
  public static AwsServiceException exception(
      AwsServiceException.Builder exception, Refusal refusal, String requestId) {
    return exception
        .message(refusal.message())
        .statusCode(refusal.status())
        .requestId(requestId)
        .awsErrorDetails(details(refusal, requestId))
        .build();
  }

  private static AwsErrorDetails details(Refusal refusal, String requestId) {
    return AwsErrorDetails.builder()
        .errorCode(refusal.code())
        .errorMessage(refusal.message())
        .serviceName(refusal.service())
        .sdkHttpResponse(
            SdkHttpResponse.builder()
                .statusCode(refusal.status())
                .putHeader("x-amzn-RequestId", requestId)
                .build())
        .build();
  }
}
