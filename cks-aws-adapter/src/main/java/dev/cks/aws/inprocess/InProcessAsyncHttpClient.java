package dev.cks.aws.inprocess;

import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * As {@link InProcessHttpClient}, for the SDK's asynchronous clients. It starts no thread: the
 * service runs on the thread that delivers the request's last bytes, which usually is the calling
 * one, and the SDK completes its futures on its own executor. Thread-safe, and without anything to
 * close.
 */
public final class InProcessAsyncHttpClient implements SdkAsyncHttpClient {
  private final WireHandler dispatcher;

  /** A client whose requests go to {@code dispatcher}. */
  public InProcessAsyncHttpClient(WireHandler dispatcher) {
    this.dispatcher = dispatcher;
  }

  /**
   * Answers a request.
   *
   * @return done when the answer is handed over; cancelled before that, the service is not called
   */
  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
    Exchanges.report(request.metricCollector());
    CompletableFuture<Void> done = new CompletableFuture<>();
    BodyCollector collector =
        new BodyCollector(
            WireDispatcher.BODY_LIMIT + 1,
            body -> answer(request, body, done),
            error -> fail(request.responseHandler(), error, done));
    request.requestContentPublisher().subscribe(collector);
    return done;
  }

  private void answer(AsyncExecuteRequest request, byte[] body, CompletableFuture<Void> done) {
    if (done.isDone()) {
      return;
    }
    SdkAsyncHttpResponseHandler handler = request.responseHandler();
    try {
      WireResponse answer = dispatcher.dispatch(Exchanges.request(request.request(), body));
      handler.onHeaders(Exchanges.response(answer));
      handler.onStream(SdkPublisher.fromIterable(List.of(ByteBuffer.wrap(answer.body()))));
      done.complete(null);
    } catch (UncheckedIOException e) {
      // what the SDK expects of a broken connection
      fail(handler, new IOException(e.getMessage(), e), done);
    } catch (RuntimeException e) {
      fail(handler, e, done);
    }
  }

  private static void fail(
      SdkAsyncHttpResponseHandler handler, Throwable error, CompletableFuture<Void> done) {
    if (done.completeExceptionally(error)) {
      handler.onError(error);
    }
  }

  @Override
  public String clientName() {
    return Exchanges.CLIENT_NAME;
  }

  /** Does nothing. */
  @Override
  public void close() {}
}
