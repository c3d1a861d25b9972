package dev.cks.aws.inprocess;

import dev.cks.aws.wire.WireRequest;
import dev.cks.aws.wire.WireResponse;
import java.util.Optional;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.metrics.MetricCollector;

/** The SDK's requests and answers as ours, for both kinds of client. */
final class Exchanges {
  static final String CLIENT_NAME = "cks-in-process";

  private Exchanges() {}

  static WireRequest request(SdkHttpRequest http, byte[] body) {
    // headers() would be a copy of all of them
    return new WireRequest(
        http.method().name(), http.encodedPath(), http::firstMatchingHeader, body);
  }

  static SdkHttpResponse response(WireResponse answer) {
    SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(answer.status());
    answer.headers().forEach(http::putHeader);
    return http.putHeader("Content-Length", Integer.toString(answer.body().length)).build();
  }

  static void report(Optional<MetricCollector> metrics) {
    metrics.ifPresent(
        collector -> collector.reportMetric(HttpMetric.HTTP_CLIENT_NAME, CLIENT_NAME));
  }
}
