package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.service.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** A user's own builder works unchanged. */
class InProcessAwsTest {
  private final World world = World.ofSeed(1);
  private final InProcessAws aws = InProcessAws.of(world.kms);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aBuilderNeedsNothingElse() {
    try (KmsClient client = aws.configure(KmsClient.builder()).build()) {
      assertThat(client.createKey().keyMetadata().arn()).startsWith("arn:aws:kms:us-east-1:");
      assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    }
  }

  @Test
  void whatIsSetAfterwardsStays() {
    try (KmsClient client =
        aws.configure(KmsClient.builder())
            .region(Region.EU_WEST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      assertThat(client.listKeys().keys()).isEmpty();
      assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.EU_WEST_1);
    }
  }

  @Test
  void closingOneClientLeavesTheOthersAlone() {
    KmsClient first = aws.configure(KmsClient.builder()).build();
    try (KmsClient second = aws.configure(KmsClient.builder()).build()) {
      first.close();
      assertThat(second.listKeys().keys()).isEmpty();
    }
  }

  @Test
  void paginatorsTurnThePages() {
    for (int i = 0; i < 5; i++) {
      world.client.createKey();
    }
    try (KmsClient client = aws.configure(KmsClient.builder()).build()) {
      assertThat(client.listKeysPaginator(r -> r.limit(2)).keys()).hasSize(5);
      assertThat(client.listKeysPaginator(r -> r.limit(2))).hasSize(3);
    }
  }

  @Test
  void interceptorsAndMetricsAreServed() {
    List<String> seen = new ArrayList<>();
    ExecutionInterceptor interceptor =
        new ExecutionInterceptor() {
          @Override
          public void afterTransmission(
              Context.AfterTransmission context, ExecutionAttributes attributes) {
            seen.add(context.httpResponse().firstMatchingHeader("x-amzn-RequestId").orElse("none"));
          }
        };
    List<MetricCollection> metrics = new ArrayList<>();
    try (KmsClient client =
        aws.configure(KmsClient.builder())
            .overrideConfiguration(
                o -> o.addExecutionInterceptor(interceptor).addMetricPublisher(into(metrics)))
            .build()) {
      String requestId = client.listKeys().responseMetadata().requestId();
      assertThat(seen).containsExactly(requestId);
    }
    assertThat(metrics)
        .singleElement()
        .satisfies(
            call ->
                assertThat(
                        call.childrenWithName("ApiCallAttempt")
                            .findFirst()
                            .orElseThrow()
                            .childrenWithName("HttpClient")
                            .findFirst()
                            .orElseThrow()
                            .metricValues(HttpMetric.HTTP_CLIENT_NAME))
                    .containsExactly("cks-in-process"));
  }

  private static MetricPublisher into(List<MetricCollection> metrics) {
    return new MetricPublisher() {
      @Override
      public void publish(MetricCollection collection) {
        metrics.add(collection);
      }

      @Override
      public void close() {}
    };
  }
}
