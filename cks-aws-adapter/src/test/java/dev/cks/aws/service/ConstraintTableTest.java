package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.kms.model.KmsRequest;

/** The data file fits the SDK: a misspelt member would be a constraint that never holds. */
class ConstraintTableTest {
  private static final List<String> OPTIONAL_ONLY =
      List.of("CreateKey", "DescribeCustomKeyStores", "GenerateRandom", "ListKeys");

  static Stream<KmsRequest> requests() {
    return Operations.all().filter(Operations::isModelled).map(Operations::emptyRequest);
  }

  @Test
  void everyModelledOperationIsThere() {
    assertThat(requests()).hasSize(54);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyRowIsAMemberOfItsType(KmsRequest request) {
    ConstraintTable table = Constraints.SHAPES.tableFor(Operations.nameOf(request));
    assertThat(table.rows()).isNotEmpty();
    table.rows().forEach((path, row) -> assertFits(request.sdkFields(), path, row));
  }

  private static void assertFits(List<SdkField<?>> fields, String path, ConstraintTable.Row row) {
    String head = path.split("[.\\[]", 2)[0];
    SdkField<?> field =
        fields.stream().filter(known -> known.memberName().equals(head)).findFirst().orElseThrow();
    String tail = path.substring(head.length());
    if (tail.startsWith("[]")) {
      field = field.getTrait(ListTrait.class).memberFieldInfo();
      tail = tail.substring(2);
    }
    if (tail.isEmpty()) {
      assertThat(field.marshallingType()).as(path).isEqualTo(typeOf(row));
    } else {
      assertFits(field.constructor().get().sdkFields(), tail.substring(1), row);
    }
  }

  private static MarshallingType<?> typeOf(ConstraintTable.Row row) {
    return switch (row.type()) {
      case "string" -> MarshallingType.STRING;
      case "blob" -> MarshallingType.SDK_BYTES;
      case "integer" -> MarshallingType.INTEGER;
      case "list" -> MarshallingType.LIST;
      case "structure" -> MarshallingType.SDK_POJO;
      default -> throw new AssertionError(row.type());
    };
  }

  @ParameterizedTest
  @MethodSource("requests")
  void everyRowMakesSense(KmsRequest request) {
    Constraints.SHAPES
        .tableFor(Operations.nameOf(request))
        .rows()
        .forEach(
            (path, row) -> {
              assertThat(row.min()).as(path).isLessThanOrEqualTo(row.max());
              if (row.pattern() != null) {
                assertThat(Pattern.compile(row.pattern())).isNotNull();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("requests")
  void onlyOperationsWithoutRequiredMembersAcceptNothing(KmsRequest request) {
    boolean anyRequired =
        Constraints.SHAPES.tableFor(Operations.nameOf(request)).rows().entrySet().stream()
            .anyMatch(row -> !row.getKey().contains(".") && row.getValue().required());
    assertThat(anyRequired || mayBeEmpty(Operations.nameOf(request))).isTrue();
  }

  private static boolean mayBeEmpty(String operation) {
    return OPTIONAL_ONLY.contains(operation)
        || List.of("Decrypt", "ListAliases", "RetireGrant").contains(operation);
  }
}
