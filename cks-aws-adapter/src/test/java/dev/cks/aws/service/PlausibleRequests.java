package dev.cks.aws.service;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** For every operation, a request whose shape is right and which names a certain key. */
public final class PlausibleRequests {
  /** Members that make a request plausible although the model does not require them. */
  private static final List<String> OF_USE = List.of("KeyId", "CiphertextBlob");

  private final String keyId;

  private PlausibleRequests(String keyId) {
    this.keyId = keyId;
  }

  public static PlausibleRequests forKey(String keyId) {
    return new PlausibleRequests(keyId);
  }

  public KmsRequest of(Method operation) {
    KmsRequest.Builder request = Operations.builder(operation);
    fill((SdkPojo) request, nameOf(operation));
    return request.build();
  }

  /** The operation's name in the API. */
  public static String nameOf(Method operation) {
    String name = operation.getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Sets the members that matter to values that their constraints allow. */
  private void fill(SdkPojo builder, String operation) {
    ConstraintTable table = Constraints.SHAPES.tableFor(operation);
    fill(builder, "", table);
  }

  private void fill(SdkPojo builder, String path, ConstraintTable table) {
    for (SdkField<?> field : builder.sdkFields()) {
      ConstraintTable.Row row = table.rows().get(path + field.memberName());
      if (row != null && (row.required() || OF_USE.contains(field.memberName()))) {
        field.set(builder, value(field, row, path + field.memberName(), table));
      }
    }
  }

  private Object value(
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
      return ((SdkBuilder<?, ?>) structure).build();
    }
    if (field.marshallingType() == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String("bytes");
    }
    return row.values().isEmpty() ? text(path) : row.values().get(0);
  }

  private String text(String path) {
    return switch (path) {
      case "GranteePrincipal", "RetiringPrincipal" -> "arn:aws:iam::111122223333:role/plausible";
      case "KeyId", "TargetKeyId", "DestinationKeyId" -> keyId;
      case "AliasName" -> "alias/plausible";
      case "PrimaryRegion", "ReplicaRegion" -> "eu-west-1";
      case "Policy" -> "{}";
      default -> "plausible";
    };
  }
}
