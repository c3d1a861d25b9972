package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** The endpoint as clients find it; they sign in real time. */
class EndpointTest {
  private static final StaticCredentialsProvider ALICE =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(Signing.ALICE.accessKeyId(), Signing.ALICE.secretAccessKey()));

  private static Loopback inRealTime(UnaryOperator<Endpoint.Builder> plan) throws IOException {
    return Loopback.start(b -> plan.apply(b.clock(RealTime::now)));
  }

  private static KmsClient client(Loopback loopback, StaticCredentialsProvider signer) {
    return KmsClient.builder()
        .httpClient(new JdkClient(JdkClient.plain()))
        .endpointOverride(loopback.endpoint.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(signer)
        .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
        .build();
  }

  @Test
  void theSdkEncryptsAndDecryptsThroughIt() throws IOException {
    try (Loopback loopback = inRealTime(b -> b);
        KmsClient kms = client(loopback, ALICE)) {
      String keyId = kms.createKey().keyMetadata().keyId();
      SdkBytes secret = SdkBytes.fromUtf8String("secret");
      SdkBytes blob = kms.encrypt(r -> r.keyId(keyId).plaintext(secret)).ciphertextBlob();
      assertThat(kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext()).isEqualTo(secret);
      assertThatThrownBy(() -> kms.describeKey(r -> r.keyId("alias/none")))
          .isInstanceOf(NotFoundException.class);
      assertThat(kms.listKeys().responseMetadata().requestId()).hasSize(36);
    }
  }

  @Test
  void theSdksAsynchronousClientDoesToo() throws IOException {
    try (Loopback loopback = inRealTime(b -> b);
        KmsAsyncClient kms =
            KmsAsyncClient.builder()
                .httpClient(new JdkClient.Async(JdkClient.plain()))
                .endpointOverride(loopback.endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(ALICE)
                .build()) {
      String keyId = kms.createKey().join().keyMetadata().keyId();
      assertThat(kms.listKeys().join().keys()).extracting(k -> k.keyId()).containsExactly(keyId);
    }
  }

  @Test
  void theSdkIsToldOfAWrongSecretAndOfAWrongToken() throws IOException {
    StaticCredentialsProvider guess =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(Signing.ALICE.accessKeyId(), "guess"));
    StaticCredentialsProvider token =
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create(
                Signing.ALICE.accessKeyId(), Signing.ALICE.secretAccessKey(), "token"));
    try (Loopback loopback = inRealTime(b -> b);
        KmsClient guessing = client(loopback, guess);
        KmsClient withToken = client(loopback, token)) {
      assertThatThrownBy(guessing::listKeys)
          .isInstanceOfSatisfying(
              KmsException.class,
              e -> {
                assertThat(e.statusCode()).isEqualTo(400);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
              });
      assertThatThrownBy(withToken::listKeys).hasMessageContaining("security token");
    }
  }

  @Test
  void faultsInFrontReachTheSdk() throws IOException {
    FrontFaults faults = new FrontFaults(1);
    try (Loopback loopback = inRealTime(b -> b.front(faults::before));
        KmsClient kms = client(loopback, ALICE)) {
      faults.times(1, "ListKeys", FrontFault.unavailable());
      faults.times(1, "ListKeys", FrontFault.requestLost());
      assertThatThrownBy(kms::listKeys)
          .isInstanceOfSatisfying(
              KmsException.class, e -> assertThat(e.statusCode()).isEqualTo(503));
      assertThatThrownBy(kms::listKeys).hasRootCauseInstanceOf(IOException.class);
      assertThat(kms.listKeys().keys()).isEmpty();
    }
  }

  @Test
  void anAnswerThatGetsLostWasCarriedOut() throws IOException {
    FrontFaults faults = new FrontFaults(1).times(1, "CreateKey", FrontFault.answerLost());
    try (Loopback loopback = inRealTime(b -> b.front(faults::before));
        KmsClient kms = client(loopback, ALICE)) {
      assertThatThrownBy(kms::createKey).hasRootCauseInstanceOf(IOException.class);
      assertThat(kms.listKeys().keys()).hasSize(1);
    }
  }

  @Test
  void quotasAreEnforcedWhenAsked() throws IOException {
    try (Loopback loopback =
            inRealTime(b -> b.front(RequestRates.asDocumented(() -> Loopback.NOW)::before));
        KmsClient kms = client(loopback, ALICE)) {
      for (int i = 0; i < 5; i++) {
        kms.createKey();
      }
      assertThatThrownBy(kms::createKey)
          .isInstanceOfSatisfying(
              KmsException.class, e -> assertThat(e.isThrottlingException()).isTrue());
    }
  }

  @Test
  void offLoopbackItDemandsTls() throws IOException {
    try (Loopback loopback = Loopback.start()) {
      Endpoint.Builder open =
          Endpoint.builder(loopback.dispatcher, Signing.REGION)
              .address(InetAddress.getByName("0.0.0.0"));
      assertThatThrownBy(open::start)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("TLS");
    }
  }

  @Test
  void withTlsItSpeaksNothingElse(@TempDir Path directory) throws Exception {
    SSLContext tls = SelfSigned.in(directory);
    try (Loopback loopback = inRealTime(b -> b.tls(tls));
        KmsClient kms =
            KmsClient.builder()
                .httpClient(
                    new JdkClient(
                        HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .sslContext(tls)
                            .build()))
                .endpointOverride(loopback.endpoint.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(ALICE)
                .build()) {
      assertThat(loopback.endpoint.uri()).hasScheme("https");
      assertThat(kms.listKeys().keys()).isEmpty();
      assertThat(loopback.converse("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .doesNotContain("HTTP");
    }
  }

  @Test
  void itIsReachedUnderAFurtherNameOnlyIfTold() throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: kms.example:80\r\n\r\n";
    try (Loopback local = Loopback.start();
        Loopback named = Loopback.start(b -> b.host("KMS.example"))) {
      assertThat(local.converse(request)).startsWith("HTTP/1.1 403 ");
      assertThat(named.converse(request)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void routesAnswerWithoutASignature() throws Exception {
    Route echo = call -> Route.Answer.text(200, call.method() + call.path() + call.query());
    Route broken =
        call -> {
          throw new IllegalStateException("secret");
        };
    try (Loopback loopback =
        Loopback.start(b -> b.route("/_cks/", echo).route("/_cks/broken/", broken))) {
      URI uri = loopback.endpoint.uri();
      assertThat(get(uri.resolve("/_cks/clock?a=b")).body()).isEqualTo("GET/_cks/clocka=b");
      HttpResponse<String> failed = get(uri.resolve("/_cks/broken/x"));
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).contains("InternalFailure").doesNotContain("secret");
      assertThat(get(uri.resolve("/other")).body()).contains("UnknownOperationException");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "_cks/", "/_cks"})
  void aRouteHasAPrefixOfItsOwn(String prefix) throws IOException {
    try (Loopback loopback = Loopback.start()) {
      Endpoint.Builder builder = Endpoint.builder(loopback.dispatcher, Signing.REGION);
      assertThatThrownBy(() -> builder.route(prefix, call -> Route.Answer.json("{}")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aRequestUnderWayEndsBeforeTheEndpointDoes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Route slow =
        call -> {
          begun.countDown();
          await(go);
          return Route.Answer.text(200, "done");
        };
    Loopback loopback = Loopback.start(b -> b.route("/_cks/", slow));
    CompletableFuture<String> answer =
        CompletableFuture.supplyAsync(() -> body(loopback, "/_cks/slow"));
    await(begun);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(loopback.endpoint::close);
    // it cannot have: the request is under way
    assertThat(closed.isDone()).isFalse();
    go.countDown();
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("done");
    closed.get(20, TimeUnit.SECONDS);
    assertThreadsEnded();
    loopback.close();
  }

  @Test
  void aRequestThatDoesNotEndIsCutOff() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Route endless =
        call -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
          }
          return Route.Answer.text(200, "never");
        };
    Loopback loopback =
        Loopback.start(b -> b.grace(Duration.ofMillis(50)).route("/_cks/", endless));
    try (Socket socket = loopback.connect();
        Socket idle = loopback.connect()) {
      socket
          .getOutputStream()
          .write("GET /_cks/ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      await(begun);
      loopback.close();
      assertThat(Loopback.readAll(socket)).doesNotContain("never");
      assertThat(Loopback.readAll(idle)).isEmpty();
    }
    assertThreadsEnded();
    assertThat(loopback.endpoint.connections()).isZero();
  }

  private static void assertThreadsEnded() throws InterruptedException {
    List<Thread> ours =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("cks-endpoint-"))
            .toList();
    for (Thread thread : ours) {
      thread.join(10_000);
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body(Loopback loopback, String path) {
    try {
      return get(loopback.endpoint.uri().resolve(path)).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    HttpClient http = JdkClient.plain();
    return http.send(
        HttpRequest.newBuilder(uri).GET().build(), HttpResponse.BodyHandlers.ofString());
  }
}
