package dev.cks.aws.service;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsRequest;
import software.amazon.awssdk.services.kms.model.KmsResponse;

/** The operations of the SDK's interface, as reflection finds them. */
final class Operations {
  private static final List<String> NEWER_THAN_THE_MODEL = List.of("encapsulate", "decapsulate");

  private Operations() {}

  /** Every method that takes one request and is not a paginator. */
  static Stream<Method> all() {
    return Arrays.stream(KmsClient.class.getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> KmsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(method -> KmsResponse.class.isAssignableFrom(method.getReturnType()));
  }

  static boolean isModelled(Method operation) {
    return !NEWER_THAN_THE_MODEL.contains(operation.getName());
  }

  static String nameOf(KmsRequest request) {
    return request.getClass().getSimpleName().replaceFirst("Request$", "");
  }

  static KmsRequest.Builder builder(Method operation) {
    try {
      Class<?> type = operation.getParameterTypes()[0];
      return (KmsRequest.Builder) type.getMethod("builder").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(operation.getName(), e);
    }
  }

  static KmsRequest emptyRequest(Method operation) {
    return builder(operation).build();
  }
}
