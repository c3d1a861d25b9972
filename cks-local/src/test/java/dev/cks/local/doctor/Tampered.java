package dev.cks.local.doctor;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kms.model.KmsException;

/** A client of the SDK some of whose operations answer otherwise. */
final class Tampered {
  private Tampered() {}

  /** What an operation answers instead: given the request and the real answer. */
  interface Answer extends BiFunction<AwsRequest, Real, Object> {}

  /** The real answer, if it is wanted. */
  interface Real {
    Object get();
  }

  /** {@code answers} by the name of the method. */
  static <T> T client(Class<T> api, T real, Map<String, Answer> answers) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          boolean operation =
              AwsResponse.class.isAssignableFrom(method.getReturnType())
                  && args[0] instanceof AwsRequest;
          if (!operation) {
            return method.isDefault()
                ? InvocationHandler.invokeDefault(proxy, method, args)
                : method.invoke(real, args);
          }
          Real call =
              () -> {
                try {
                  return method.invoke(real, args);
                } catch (InvocationTargetException e) {
                  throw (RuntimeException) e.getCause();
                } catch (IllegalAccessException e) {
                  throw new IllegalStateException(e);
                }
              };
          Answer answer = answers.get(method.getName());
          return answer == null ? call.get() : answer.apply((AwsRequest) args[0], call);
        };
    return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, handler));
  }

  /** AWS's answer where a permission is missing. */
  static Answer denied() {
    return (request, real) -> {
      throw KmsException.builder()
          .statusCode(400)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode("AccessDeniedException")
                  .errorMessage("User is not authorized")
                  .build())
          .build();
    };
  }
}
