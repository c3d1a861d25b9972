package dev.cks.aws.inprocess;

import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that needs no network: it answers the requests itself, on the calling thread. The
 * host and the Region in a request do not matter. Thread-safe, and without anything to close; many
 * SDK clients can share one.
 */
public final class InProcessHttpClient implements SdkHttpClient {
  private static final byte[] NOTHING = new byte[0];

  /** One byte too many is enough to refuse a request. */
  private static final int MOST = WireDispatcher.BODY_LIMIT + 1;

  private final WireHandler dispatcher;

  /** A client whose requests go to {@code dispatcher}. */
  public InProcessHttpClient(WireHandler dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Exchanges.report(request.metricCollector());
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return answer(request);
      }

      /** Does nothing: an answer that takes no time cannot be given up. */
      @Override
      public void abort() {}
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request) throws IOException {
    WireResponse answer = dispatch(Exchanges.request(request.httpRequest(), bodyOf(request)));
    return HttpExecuteResponse.builder()
        .response(Exchanges.response(answer))
        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
        .build();
  }

  private WireResponse dispatch(WireRequest request) throws IOException {
    try {
      return dispatcher.dispatch(request);
    } catch (UncheckedIOException e) {
      // what the SDK expects of a broken connection
      throw new IOException(e.getMessage(), e);
    }
  }

  private static byte[] bodyOf(HttpExecuteRequest request) throws IOException {
    ContentStreamProvider content = request.contentStreamProvider().orElse(null);
    if (content == null) {
      return NOTHING;
    }
    try (InputStream body = content.newStream()) {
      return read(body, expectedLength(request));
    }
  }

  /** What the request says about its body. Only a hint: it saves an array of another length. */
  private static int expectedLength(HttpExecuteRequest request) {
    try {
      String length = request.httpRequest().firstMatchingHeader("Content-Length").orElse("0");
      return (int) Math.max(0, Math.min(Long.parseLong(length), MOST));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static byte[] read(InputStream body, int expected) throws IOException {
    byte[] bytes = new byte[expected];
    int count = body.readNBytes(bytes, 0, expected);
    if (count < expected) {
      return Arrays.copyOf(bytes, count);
    }
    int next = expected == MOST ? -1 : body.read();
    return next < 0 ? bytes : readOn(body, bytes, next);
  }

  private static byte[] readOn(InputStream body, byte[] start, int next) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(start);
    all.write(next);
    all.write(body.readNBytes(MOST - all.size()));
    return all.toByteArray();
  }

  @Override
  public String clientName() {
    return Exchanges.CLIENT_NAME;
  }

  /** Does nothing. */
  @Override
  public void close() {}
}
