package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.service.PlausibleRequests;
import dev.cks.aws.wire.RandomShapes;
import dev.cks.aws.wire.SdkService;
import dev.cks.aws.wire.SdkService.Call;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.utils.builder.Buildable;

/** Whoever calls through the SDK's generated client sees what a direct caller sees. */
class BothDoorsTest {
  private static final int RANDOM_REQUESTS = 30;
  private static final List<String> OTHER_KEYS =
      List.of(
          "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
          "not-a-key",
          "alias/none",
          "arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");

  static Stream<Call> operations() {
    return SdkService.KMS.calls();
  }

  @Test
  void noOperationIsLeftOut() {
    assertThat(operations()).hasSize(56);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anEmptyRequestGivesTheSame(Call call) {
    try (Twins twins = new Twins()) {
      assertSame(twins, call, (SdkPojo) ((Buildable) call.requestBuilder()).build());
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aPlausibleRequestGivesTheSame(Call call) {
    try (Twins twins = new Twins()) {
      String keyId = twins.createKeyInStore();
      assertSame(twins, call, PlausibleRequests.forKey(keyId).of(call.method()));
      assertSame(twins, call, PlausibleRequests.forKey(keyId).of(call.method()));
      OTHER_KEYS.forEach(
          other -> assertSame(twins, call, PlausibleRequests.forKey(other).of(call.method())));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aRandomRequestGivesTheSame(Call call) {
    RandomShapes shapes = new RandomShapes(call.name().hashCode());
    try (Twins twins = new Twins()) {
      for (int i = 0; i < RANDOM_REQUESTS; i++) {
        assertSame(twins, call, shapes.build(call.requestBuilder()));
      }
    }
  }

  @Test
  void aWholeLifeGivesTheSame() {
    try (Twins twins = new Twins()) {
      List<Outcome> near = new Story(twins.direct).tell();
      List<Outcome> far = new Story(twins.throughSdk).tell();
      assertThat(far).containsExactlyElementsOf(near);
      assertThat(near).filteredOn(Outcome::isSuccess).hasSizeGreaterThan(30);
      assertThat(near).filteredOn(step -> !step.isSuccess()).hasSizeGreaterThan(8);
    }
  }

  private static void assertSame(Twins twins, Call call, SdkPojo request) {
    Outcome near = Outcome.of(invocation(call, twins.direct, request));
    Outcome far = Outcome.of(invocation(call, twins.throughSdk, request));
    assertThat(far).isEqualTo(near);
  }

  private static Callable<AwsResponse> invocation(Call call, KmsClient client, SdkPojo request) {
    return () -> {
      try {
        return (AwsResponse) call.method().invoke(client, request);
      } catch (InvocationTargetException e) {
        throw (Exception) e.getCause();
      }
    };
  }
}
