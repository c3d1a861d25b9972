package dev.cks.aws.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** What is written is read back, for every request and answer of three services. */
class EveryShapeTest {
  private static final int TRIES = 40;

  static Stream<SdkService.Call> calls() {
    return SdkService.allCalls();
  }

  @Test
  void noServiceIsMissing() {
    assertThat(SdkService.KMS.calls()).hasSize(56);
    assertThat(SdkService.CLOUD_HSM_V2.calls()).hasSize(18);
    assertThat(SdkService.CLOUD_TRAIL.calls()).hasSize(60);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aRequestSurvives(SdkService.Call call) {
    RandomShapes shapes = new RandomShapes(call.name().hashCode());
    for (int i = 0; i < TRIES; i++) {
      assertSurvives(shapes.build(call.requestBuilder()), call.requestBuilder());
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anAnswerSurvives(SdkService.Call call) {
    RandomShapes shapes = new RandomShapes(~call.name().hashCode());
    for (int i = 0; i < TRIES; i++) {
      assertSurvives(shapes.build(call.responseBuilder()), call.responseBuilder());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyNestedShapeIsMet(SdkService service) {
    RandomShapes shapes = new RandomShapes(1);
    Set<Class<?>> reachable = new HashSet<>();
    service
        .calls()
        .flatMap(call -> Stream.of(call.requestBuilder(), call.responseBuilder()))
        .forEach(
            builder -> {
              RandomShapes.addReachable(builder, reachable);
              for (int i = 0; i < TRIES; i++) {
                shapes.build(builder);
              }
            });
    assertThat(shapes.made).isEqualTo(reachable).hasSizeGreaterThan(36);
  }

  private static void assertSurvives(SdkPojo original, SdkPojo builder) {
    byte[] text = PojoWriter.write(original);
    PojoReader.read(text, builder);
    SdkPojo read = (SdkPojo) ((Buildable) builder).build();
    assertThat(read.equalsBySdkFields(original)).as(new String(text, UTF_8)).isTrue();
  }
}
