package dev.cks.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The AWS SDK over Java's own HTTP client. */
final class SocketHttpClient implements SdkHttpClient {
  private static final Set<String> SET_BY_JAVA = Set.of("host", "content-length", "expect");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] body = request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
        return answer(send(request.httpRequest(), body));
      }

      @Override
      public void abort() {}
    };
  }

  private HttpResponse<byte[]> send(SdkHttpRequest request, byte[] body) throws IOException {
    HttpRequest.Builder sent =
        HttpRequest.newBuilder(request.getUri()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    request.forEachHeader((name, values) -> copy(sent, name, values));
    try {
      return http.send(sent.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void copy(HttpRequest.Builder sent, String name, List<String> values) {
    if (!SET_BY_JAVA.contains(name.toLowerCase(Locale.ROOT))) {
      values.forEach(value -> sent.header(name, value));
    }
  }

  private static HttpExecuteResponse answer(HttpResponse<byte[]> answer) {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(answer.statusCode())
                .headers(answer.headers().map())
                .build())
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }

  @Override
  public void close() {}
}
