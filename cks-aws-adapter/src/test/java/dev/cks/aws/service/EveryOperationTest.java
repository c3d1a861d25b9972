package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/** Nothing that the SDK's interface offers is left to its default, which AWS never answers. */
class EveryOperationTest {
  private static @Nullable World world;
  private static String keyId = "";

  @BeforeAll
  static void createWorld() {
    world = new World();
    keyId = world.createKeyIn(world.createConnectedStore()).keyId();
  }

  @AfterAll
  static void closeWorld() {
    theWorld().close();
  }

  private static World theWorld() {
    return Optional.ofNullable(world).orElseThrow();
  }

  static Stream<Method> operations() {
    return Operations.all();
  }

  @Test
  void thereAreAsManyAsTheSdkHas() {
    assertThat(operations()).hasSize(56);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void isOverridden(Method operation) throws NoSuchMethodException {
    Method ours = CksKmsClient.class.getMethod(operation.getName(), operation.getParameterTypes());
    assertThat(ours.getDeclaringClass().getPackageName()).isEqualTo("dev.cks.aws.service");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anEmptyRequestIsAnsweredAsAwsWould(Method operation) throws IllegalAccessException {
    assertAnswered(operation, Operations.emptyRequest(operation));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aPlausibleRequestIsAnsweredAsAwsWould(Method operation) throws IllegalAccessException {
    KmsRequest request = PlausibleRequests.forKey(keyId).of(operation);
    assertThatCode(() -> Constraints.check(request)).doesNotThrowAnyException();
    assertAnswered(operation, request);
  }

  private static void assertAnswered(Method operation, KmsRequest request)
      throws IllegalAccessException {
    try {
      assertThat(operation.invoke(theWorld().client, request)).isNotNull();
    } catch (InvocationTargetException e) {
      assertRefused(operation, e.getCause());
    }
  }

  private static void assertRefused(Method operation, @Nullable Throwable thrown) {
    assertThat(thrown).isInstanceOf(KmsException.class);
    if (thrown instanceof KmsException answer) {
      assertThat(answer.statusCode()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.requestId()).hasSize(36);
      boolean unknown = answer.awsErrorDetails().errorCode().equals("UnknownOperationException");
      assertThat(unknown).isEqualTo(!Operations.isModelled(operation));
    }
  }
}
