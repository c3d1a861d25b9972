package dev.cks.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.inprocess.InProcessAws;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.regions.Region;

/**
 * The SDK's own marshallers are the judge: what a generated client sends arrives as the same
 * request, and what the service answers arrives as the same answer.
 */
class SdkMarshallerTest {
  private static final int TRIES = 10;
  private static final String REQUEST_ID = "2b3c4d5e-0000-4000-8000-123456789012";

  /** A client of a service, what its service was asked, and what it is going to answer. */
  private record Line(SdkClient client, Deque<SdkPojo> asked, Deque<SdkPojo> answers) {

    static Line to(SdkService service) {
      Deque<SdkPojo> asked = new ArrayDeque<>();
      Deque<SdkPojo> answers = new ArrayDeque<>();
      InProcessAws aws =
          InProcessAws.of(
              new WireDispatcher(
                  List.of(puppet(service, service.api, asked, answers)), () -> REQUEST_ID),
              Region.EU_WEST_1);
      return new Line(service.clientOf(aws), asked, answers);
    }

    private static <C extends SdkClient> WireService puppet(
        SdkService service, Class<C> api, Deque<SdkPojo> asked, Deque<SdkPojo> answers) {
      Object puppet =
          Proxy.newProxyInstance(
              api.getClassLoader(),
              new Class<?>[] {api},
              (proxy, method, arguments) -> {
                asked.add((SdkPojo) arguments[0]);
                return answers.remove();
              });
      return WireService.of(service.protocol(), api, api.cast(puppet));
    }
  }

  private static final Map<SdkService, Line> LINES = new EnumMap<>(SdkService.class);

  static Stream<SdkService.Call> calls() {
    return SdkService.allCalls();
  }

  @AfterAll
  static void close() {
    LINES.values().forEach(line -> line.client().close());
    LINES.clear();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void agreesWithUs(SdkService.Call call) throws ReflectiveOperationException {
    Line line = LINES.computeIfAbsent(call.service(), Line::to);
    RandomShapes shapes = new RandomShapes(call.name().hashCode());
    for (int i = 0; i < TRIES; i++) {
      SdkPojo request = shapes.build(call.requestBuilder());
      SdkPojo answer = shapes.build(call.responseBuilder());
      line.answers().add(answer);
      SdkPojo received = invoke(call, line.client(), request);
      assertThat(line.asked().remove().equalsBySdkFields(request)).as("%s", request).isTrue();
      assertThat(received.equalsBySdkFields(answer)).as("%s not %s", received, answer).isTrue();
    }
  }

  private static SdkPojo invoke(SdkService.Call call, SdkClient client, SdkPojo request)
      throws ReflectiveOperationException {
    try {
      return (SdkPojo) call.method().invoke(client, request);
    } catch (InvocationTargetException e) {
      throw new AssertionError(call.toString(), e.getCause());
    }
  }
}
