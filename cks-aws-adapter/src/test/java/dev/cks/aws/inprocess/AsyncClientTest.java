package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.aws.service.PlausibleRequests;
import dev.cks.aws.wire.SdkService;
import dev.cks.aws.wire.SdkService.Call;
import dev.cks.aws.wire.WireDispatcher;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** The asynchronous client is the synchronous one with futures. */
class AsyncClientTest {
  private static final Twins TWINS = new Twins();
  private static final KmsAsyncClient CLIENT = TWINS.openAsyncClient();
  private static String keyId = "";

  @BeforeAll
  static void createKey() {
    keyId = TWINS.createKeyInStore();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    TWINS.close();
  }

  static Stream<Call> operations() {
    return SdkService.KMS.calls();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyOperationGivesWhatADirectCallGives(Call call) throws ReflectiveOperationException {
    KmsRequest request = PlausibleRequests.forKey(keyId).of(call.method());
    Method async =
        KmsAsyncClient.class.getMethod(
            call.method().getName(), call.method().getParameterTypes()[0]);
    CompletableFuture<?> future = (CompletableFuture<?>) async.invoke(CLIENT, request);
    Outcome far = Outcome.of(() -> (AwsResponse) future.get(1, TimeUnit.MINUTES));
    Outcome near =
        Outcome.of(
            () -> {
              try {
                return (AwsResponse) call.method().invoke(TWINS.direct, request);
              } catch (InvocationTargetException e) {
                throw (Exception) e.getCause();
              }
            });
    assertThat(far).isEqualTo(near);
  }

  @Test
  void aCancelledFutureIsOver() {
    try (Twins others = new Twins();
        KmsAsyncClient theirs = others.openAsyncClient()) {
      CompletableFuture<ListKeysResponse> future = theirs.listKeys();
      future.cancel(true);
      assertThat(future).isDone();
      assertThat(theirs.listKeys().orTimeout(1, TimeUnit.MINUTES).join().keys()).isEmpty();
    }
  }

  @Test
  void aRequestCancelledBeforeItsLastByteReachesNobody() {
    Late body = new Late();
    Recorder recorder = new Recorder();
    CompletableFuture<Void> done = execute(body, recorder);
    done.cancel(false);
    body.finish();
    assertThat(recorder.events).isEmpty();
    assertThatThrownBy(done::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void theAnswerComesOnTheThreadOfTheLastByte() {
    Late body = new Late();
    Recorder recorder = new Recorder();
    CompletableFuture<Void> done = execute(body, recorder);
    assertThat(done).isNotDone();
    body.finish();
    assertThat(done).isCompleted();
    assertThat(recorder.events)
        .containsExactly("headers 400", "stream on " + Thread.currentThread().getName());
  }

  @Test
  void aBodyThatBreaksOffFailsTheCall() {
    Late body = new Late();
    Recorder recorder = new Recorder();
    CompletableFuture<Void> done = execute(body, recorder);
    body.breakOff(new IOException("broken"));
    assertThat(recorder.events).containsExactly("error broken");
    assertThatThrownBy(done::join).hasRootCauseMessage("broken");
  }

  private static CompletableFuture<Void> execute(Late body, Recorder recorder) {
    WireDispatcher dispatcher = new WireDispatcher(List.of(), () -> "the-id");
    return new InProcessAsyncHttpClient(dispatcher)
        .execute(
            AsyncExecuteRequest.builder()
                .request(
                    SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .protocol("https")
                        .host("kms.us-east-1.amazonaws.com")
                        .encodedPath("/")
                        .build())
                .requestContentPublisher(body)
                .responseHandler(recorder)
                .build());
  }

  /** A body whose end comes when the test says so. */
  private static final class Late implements SdkHttpContentPublisher {
    private final List<Subscriber<? super ByteBuffer>> subscribers = new ArrayList<>();

    @Override
    public Optional<Long> contentLength() {
      return Optional.empty();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscribers.add(subscriber);
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {}
          });
    }

    void finish() {
      subscribers.forEach(subscriber -> subscriber.onNext(ByteBuffer.wrap(new byte[] {'{', '}'})));
      subscribers.forEach(Subscriber::onComplete);
    }

    void breakOff(Throwable cause) {
      subscribers.forEach(subscriber -> subscriber.onError(cause));
    }
  }

  private static final class Recorder implements SdkAsyncHttpResponseHandler {
    private final List<String> events = new ArrayList<>();

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      events.add("headers " + headers.statusCode());
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      events.add("stream on " + Thread.currentThread().getName());
    }

    @Override
    public void onError(Throwable error) {
      events.add("error " + error.getMessage());
    }
  }
}
