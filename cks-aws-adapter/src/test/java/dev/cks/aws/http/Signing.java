package dev.cks.aws.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Requests that the AWS SDK's own signer has signed. */
record Signing(Credentials credentials, String region, String service, Instant at) {
  static final String REGION = "us-east-1";
  static final Credentials ALICE = Credentials.example("arn:aws:iam::111122223333:user/Alice");
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  static Signing kms(Instant at) {
    return new Signing(ALICE, REGION, "kms", at);
  }

  Signing with(Credentials other) {
    return new Signing(other, region, service, at);
  }

  Signing inRegion(String other) {
    return new Signing(credentials, other, service, at);
  }

  Signing forService(String other) {
    return new Signing(credentials, region, other, at);
  }

  static SdkHttpRequest.Builder post(String operation) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.POST)
        .uri(URI.create("http://127.0.0.1:4566/"))
        .putHeader("Content-Type", "application/x-amz-json-1.1")
        .putHeader("X-Amz-Target", "TrentService." + operation);
  }

  SdkHttpRequest sign(SdkHttpRequest request, byte[] body) {
    return SIGNER
        .sign(
            r ->
                r.identity(identity())
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                    .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(at, ZoneOffset.UTC)))
        .request();
  }

  private AwsCredentialsIdentity identity() {
    return credentials.sessionToken().isPresent()
        ? AwsSessionCredentialsIdentity.create(
            credentials.accessKeyId(),
            credentials.secretAccessKey(),
            credentials.sessionToken().get())
        : AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey());
  }

  /** As it would be read from a socket. */
  static Request received(SdkHttpRequest http, byte[] body) {
    try {
      RequestReader reader = new RequestReader(new java.io.ByteArrayInputStream(bytes(http, body)));
      Head head = reader.readHead();
      return head.with(reader.readBody(head.contentLength(1 << 20)), "127.0.0.1", true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it goes over a socket. */
  static byte[] bytes(SdkHttpRequest http, byte[] body) {
    String query = http.encodedQueryParameters().map(q -> "?" + q).orElse("");
    StringBuilder head =
        new StringBuilder(http.method() + " " + http.encodedPath() + query + " HTTP/1.1\r\n");
    Map<String, List<String>> headers = new HashMap<>(http.headers());
    headers.forEach((name, values) -> values.forEach(v -> head.append(name + ": " + v + "\r\n")));
    head.append("Content-Length: " + body.length + "\r\n\r\n");
    java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  /** The same with one header changed; without it if the value is null. */
  static Request altered(Request request, String name, String value) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    String key = name.toLowerCase(Locale.ROOT);
    if (value == null) {
      headers.remove(key);
    } else {
      headers.put(key, new ArrayList<>(List.of(value)));
    }
    return new Request(
        request.method(),
        request.path(),
        request.query(),
        headers,
        request.body(),
        request.peer(),
        true);
  }
}
