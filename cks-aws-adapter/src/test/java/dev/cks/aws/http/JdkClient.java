package dev.cks.aws.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** The AWS SDK over Java's own HTTP client, for both kinds of clients. */
final class JdkClient implements SdkHttpClient {
  private static final Set<String> SET_BY_JAVA = Set.of("host", "content-length", "expect");

  private final HttpClient http;

  JdkClient(HttpClient http) {
    this.http = http;
  }

  static HttpClient plain() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] body = request.contentStreamProvider().orElseThrow().newStream().readAllBytes();
        try {
          HttpResponse<byte[]> answer =
              http.send(
                  javaRequest(request.httpRequest(), body),
                  HttpResponse.BodyHandlers.ofByteArray());
          return HttpExecuteResponse.builder()
              .response(sdkResponse(answer))
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
              .build();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}

  private static HttpRequest javaRequest(SdkHttpRequest request, byte[] body) {
    HttpRequest.Builder java =
        HttpRequest.newBuilder(request.getUri())
            .method(request.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    request.forEachHeader(
        (name, values) -> {
          if (!SET_BY_JAVA.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> java.header(name, value));
          }
        });
    return java.build();
  }

  private static SdkHttpResponse sdkResponse(HttpResponse<?> answer) {
    return SdkHttpResponse.builder()
        .statusCode(answer.statusCode())
        .headers(answer.headers().map())
        .build();
  }

  /** The same, for asynchronous clients. */
  static final class Async implements SdkAsyncHttpClient {
    private final HttpClient http;

    Async(HttpClient http) {
      this.http = http;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      return collect(request)
          .thenCompose(
              body ->
                  http.sendAsync(
                      javaRequest(request.request(), body),
                      HttpResponse.BodyHandlers.ofByteArray()))
          .thenAccept(
              answer -> {
                request.responseHandler().onHeaders(sdkResponse(answer));
                request
                    .responseHandler()
                    .onStream(SdkPublisher.fromIterable(List.of(ByteBuffer.wrap(answer.body()))));
              })
          .whenComplete(
              (done, error) -> {
                if (error != null) {
                  request.responseHandler().onError(error);
                }
              });
    }

    private static CompletableFuture<byte[]> collect(AsyncExecuteRequest request) {
      CompletableFuture<byte[]> whole = new CompletableFuture<>();
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
      request
          .requestContentPublisher()
          .subscribe(
              new Subscriber<ByteBuffer>() {
                @Override
                public void onSubscribe(Subscription subscription) {
                  subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(ByteBuffer part) {
                  byte[] copy = new byte[part.remaining()];
                  part.get(copy);
                  bytes.writeBytes(copy);
                }

                @Override
                public void onError(Throwable error) {
                  whole.completeExceptionally(error);
                }

                @Override
                public void onComplete() {
                  whole.complete(bytes.toByteArray());
                }
              });
      return whole;
    }

    @Override
    public void close() {}
  }
}
