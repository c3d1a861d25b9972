package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.http.Credentials;
import dev.cks.aws.http.Endpoint;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireService;
import dev.cks.spi.AuditEvent;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Who called through the endpoint is who signed. */
class EndpointAuditTest {
  private static final Credentials BOB =
      Credentials.of("AKIABOB", "bobs-secret", "arn:aws:iam::111122223333:user/Bob");
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  @Test
  void anEventNamesTheSignerAndItsClient() throws Exception {
    RecordingSink sink = new RecordingSink();
    try (SimulatedAws aws = SimulatedAws.builder().audit(sink).build();
        Endpoint endpoint = start(aws)) {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(signed(endpoint), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      AuditEvent event = sink.named("CreateKey").get(0);
      assertThat(event.principalArn()).isEqualTo(BOB.principalArn());
      assertThat(event.sourceAddress()).isEqualTo("127.0.0.1");
      assertThat(event.userAgent()).isEqualTo("aws-cli/1.45.11");
      assertThat(event.requestId())
          .isEqualTo(answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
    }
  }

  private static Endpoint start(SimulatedAws aws) throws Exception {
    WireDispatcher dispatcher =
        new WireDispatcher(
            List.of(WireService.kms(aws.core())), () -> aws.core().rootCaller().requestId());
    return Endpoint.builder(dispatcher, aws.core().scope().region()).credentials(BOB).start();
  }

  private static HttpRequest signed(Endpoint endpoint) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint.uri().resolve("/"))
            .putHeader("Content-Type", WireDispatcher.CONTENT_TYPE)
            .putHeader("X-Amz-Target", "TrentService.CreateKey")
            .build();
    HttpRequest.Builder java =
        HttpRequest.newBuilder(request.getUri())
            .header("User-Agent", "aws-cli/1.45.11")
            .POST(HttpRequest.BodyPublishers.ofByteArray(BODY));
    AwsV4HttpSigner.create()
        .sign(
            r ->
                r.identity(AwsCredentialsIdentity.create(BOB.accessKeyId(), BOB.secretAccessKey()))
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(BODY))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
        .request()
        .headers()
        .forEach((name, values) -> values.forEach(value -> add(java, name, value)));
    return java.build();
  }

  private static void add(HttpRequest.Builder java, String name, String value) {
    if (!Set.of("Host", "Content-Length").contains(name)) {
      java.header(name, value);
    }
  }
}
