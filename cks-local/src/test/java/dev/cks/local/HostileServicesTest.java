package dev.cks.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.local.HostileRequests.Operation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Requests to all operations of the three services: none fails for a reason that is a bug, and none
 * leaves anything behind. {@code -Dcks.hostile.services=1000000} sends more.
 */
class HostileServicesTest {
  private static final int REQUESTS = Integer.getInteger("cks.hostile.services", 20_000);
  private static final int REQUESTS_A_WORLD = 5_000;
  private static final long SEED = 20261125;

  private final Map<String, Integer> tally = new TreeMap<>();

  @Test
  void noneIsOurFault() throws IOException {
    attack(SEED - 1, 1_000);
    tally.clear();
    long before = LiveHeap.bytes();
    for (int sent = 0; sent < REQUESTS; sent += REQUESTS_A_WORLD) {
      attack(SEED + sent, Math.min(REQUESTS_A_WORLD, REQUESTS - sent));
    }
    assertThat(LiveHeap.bytes() - before).as("bytes of heap").isLessThan(LiveHeap.FLAT);
    System.out.println(REQUESTS + " requests in process: " + tally);
    assertThat(tally.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
    assertThat(tally)
        .containsKeys(
            "200",
            "ValidationException",
            "SerializationException",
            "CloudHsmInvalidRequestException",
            "CloudHsmResourceNotFoundException",
            "InvalidLookupAttributesException");
  }

  private void attack(long seed, int requests) throws IOException {
    try (SimulatedAws aws = SimulatedAws.builder().seed(seed).build();
        Fronts fronts = new Fronts(aws, aws.scope())) {
      SdkHttpClient http = fronts.inProcess().httpClient();
      HostileRequests hostile = new HostileRequests(seed, aws);
      for (int i = 0; i < requests; i++) {
        Operation operation = hostile.operation();
        byte[] body = hostile.body(operation);
        tally.merge(kindOf(send(http, operation, body), operation, body), 1, Integer::sum);
        if (i % 100 == 0) {
          aws.clock().advance(Duration.ofMinutes(10));
        }
      }
    }
  }

  private static HttpExecuteResponse send(SdkHttpClient http, Operation operation, byte[] body)
      throws IOException {
    return http.prepareRequest(
            HttpExecuteRequest.builder()
                .request(
                    SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create("https://somewhere/"))
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .putHeader("X-Amz-Target", operation.target())
                        .build())
                .contentStreamProvider(ContentStreamProvider.fromByteArray(body))
                .build())
        .call();
  }

  private static String kindOf(HttpExecuteResponse response, Operation operation, byte[] asked)
      throws IOException {
    byte[] body = response.responseBody().orElseThrow().readAllBytes();
    int status = response.httpResponse().statusCode();
    if (status == 200) {
      return "200";
    }
    JsonNode error = JsonNode.parser().parse(body);
    // a world of three HSMs can be made to lack capacity, which is not a bug
    assertThat(status).as("%s %s: %s", operation, new String(asked, UTF_8), error).isEqualTo(400);
    return error.asObject().get("__type").asString();
  }
}
