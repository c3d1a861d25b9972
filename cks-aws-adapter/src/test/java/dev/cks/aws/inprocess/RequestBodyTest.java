package dev.cks.aws.inprocess;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.service.World;
import dev.cks.aws.wire.WireDispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Whatever a request says about the length of its body, the body is what it is. */
class RequestBodyTest {
  private static final int JUST_BEYOND = WireDispatcher.BODY_LIMIT + 1;

  private final World world = World.ofSeed(1);

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"15", "14", "3", "0", "16", "1000", "1048576", "1048577", "9999999999", "-1", "x"})
  void aWrongContentLength_changesNothing(String contentLength) throws IOException {
    assertThat(statusOf("{\"Limit\":    1}", contentLength)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "2", "1048576", "1048577", "1048578"})
  void aBodyBeyondTheLimit_isRefused(String contentLength) throws IOException {
    assertThat(statusOf("{}" + " ".repeat(JUST_BEYOND - 2), contentLength)).isEqualTo(400);
    assertThat(statusOf("{}" + " ".repeat(JUST_BEYOND), contentLength)).isEqualTo(400);
    assertThat(statusOf("{}" + " ".repeat(JUST_BEYOND - 3), contentLength)).isEqualTo(200);
  }

  private int statusOf(String body, String contentLength) throws IOException {
    SdkHttpFullRequest http =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .protocol("https")
            .host("kms.us-east-1.amazonaws.com")
            .encodedPath("/")
            .putHeader("X-Amz-Target", "TrentService.ListKeys")
            .putHeader("Content-Type", WireDispatcher.CONTENT_TYPE)
            .putHeader("Content-Length", contentLength)
            .build();
    HttpExecuteResponse answer =
        InProcessAws.of(world.kms)
            .httpClient()
            .prepareRequest(
                HttpExecuteRequest.builder()
                    .request(http)
                    .contentStreamProvider(ContentStreamProvider.fromString(body, US_ASCII))
                    .build())
            .call();
    drain(answer);
    return answer.httpResponse().statusCode();
  }

  private static void drain(HttpExecuteResponse answer) {
    try (InputStream body = answer.responseBody().orElseThrow()) {
      assertThat(body.readAllBytes()).isNotEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
