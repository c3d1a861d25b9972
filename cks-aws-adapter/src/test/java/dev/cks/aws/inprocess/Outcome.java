package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.services.kms.model.KmsException;

/** What a caller sees of a call, but for the request id, which only has to be one. */
record Outcome(String what, int status, @Nullable String message, @Nullable AwsResponse response) {

  static Outcome of(Callable<? extends AwsResponse> call) {
    try {
      return of(call.call());
    } catch (Exception e) {
      Throwable thrown = e.getCause() instanceof KmsException cause ? cause : e;
      return of((KmsException) thrown);
    }
  }

  private static Outcome of(AwsResponse response) {
    assertIsId(response.responseMetadata().requestId());
    assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(200);
    return new Outcome(response.getClass().getName(), 200, null, response);
  }

  private static Outcome of(KmsException thrown) {
    assertIsId(thrown.requestId());
    assertThat(thrown.awsErrorDetails().serviceName()).isEqualTo("Kms");
    return new Outcome(
        thrown.getClass().getName() + " " + thrown.awsErrorDetails().errorCode(),
        thrown.statusCode(),
        thrown.awsErrorDetails().errorMessage(),
        null);
  }

  private static void assertIsId(String requestId) {
    assertThat(requestId).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  boolean isSuccess() {
    return response != null;
  }

  /** An answer's own equality would compare request ids. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Outcome that
        && List.of(what, status).equals(List.of(that.what, that.status))
        && Objects.equals(message, that.message)
        && (response == null || response.equalsBySdkFields(that.response));
  }

  @Override
  public int hashCode() {
    return what.hashCode();
  }
}
