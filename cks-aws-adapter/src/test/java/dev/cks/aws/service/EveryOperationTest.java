package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/** Nothing that the SDK's interface offers is left to its default, which AWS never answers. */
class EveryOperationTest {
  /** Members that make a request plausible although the model does not require them. */
  private static final List<String> OF_USE = List.of("KeyId", "CiphertextBlob");

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
    KmsRequest.Builder request = Operations.builder(operation);
    fill((SdkPojo) request, nameOf(operation));
    assertThatCode(() -> Constraints.check(request.build())).doesNotThrowAnyException();
    assertAnswered(operation, request.build());
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

  private static String nameOf(Method operation) {
    String name = operation.getName();
    return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
  }

  /** Sets the members that matter to values that their constraints allow. */
  private static void fill(SdkPojo builder, String operation) {
    ConstraintTable table = ConstraintTable.forOperation(operation);
    fill(builder, "", table);
  }

  private static void fill(SdkPojo builder, String path, ConstraintTable table) {
    for (SdkField<?> field : builder.sdkFields()) {
      ConstraintTable.Row row = table.rows().get(path + field.memberName());
      if (row != null && (row.required() || OF_USE.contains(field.memberName()))) {
        field.set(builder, value(field, row, path + field.memberName(), table));
      }
    }
  }

  private static Object value(
      SdkField<?> field, ConstraintTable.Row row, String path, ConstraintTable table) {
    if (field.marshallingType() == MarshallingType.LIST) {
      SdkField<?> element = field.getTrait(ListTrait.class).memberFieldInfo();
      ConstraintTable.Row elementRow = table.rows().get(path + "[]");
      return List.of(
          value(element, Optional.ofNullable(elementRow).orElseThrow(), path + "[]", table));
    }
    if (field.marshallingType() == MarshallingType.SDK_POJO) {
      SdkPojo structure = field.constructor().get();
      fill(structure, path + ".", table);
      return ((software.amazon.awssdk.utils.builder.SdkBuilder<?, ?>) structure).build();
    }
    if (field.marshallingType() == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String("bytes");
    }
    return row.values().isEmpty() ? text(path) : row.values().get(0);
  }

  private static String text(String path) {
    return switch (path) {
      case "KeyId", "TargetKeyId", "DestinationKeyId" -> keyId;
      case "AliasName" -> "alias/plausible";
      case "PrimaryRegion", "ReplicaRegion" -> "eu-west-1";
      case "Policy" -> "{}";
      default -> "plausible";
    };
  }
}
