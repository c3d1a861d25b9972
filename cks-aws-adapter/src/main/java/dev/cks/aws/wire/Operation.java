package dev.cks.aws.wire;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Locale;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/** One operation of a client interface: how to make its request and how to call it. */
final class Operation {
  static final String REQUEST = "Request";

  private static final String RESPONSE = "Response";
  private static final MethodType CALL =
      MethodType.methodType(AwsResponse.class, SdkClient.class, AwsRequest.class);
  private static final MethodType MAKE = MethodType.methodType(AwsRequest.Builder.class);

  private final MethodHandle builder;
  private final MethodHandle call;

  private Operation(MethodHandle builder, MethodHandle call) {
    this.builder = builder;
    this.call = call;
  }

  /**
   * Finds an operation by the names that the SDK gives to everything it generates.
   *
   * @param name as on the wire, for example {@code DescribeKey}
   * @throws ReflectiveOperationException if there is none
   */
  static Operation of(Class<?> api, String name) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    Class<?> request = model(api, name + REQUEST);
    Class<?> response = model(api, name + RESPONSE);
    Class<?> builder = model(api, name + REQUEST + "$Builder");
    String method = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    return new Operation(
        lookup.findStatic(request, "builder", MethodType.methodType(builder)).asType(MAKE),
        lookup.findVirtual(api, method, MethodType.methodType(response, request)).asType(CALL));
  }

  private static Class<?> model(Class<?> api, String name) throws ClassNotFoundException {
    return Class.forName(api.getPackageName() + ".model." + name, false, api.getClassLoader());
  }

  /**
   * The request that a text stands for.
   *
   * @throws WireFault if it stands for none
   */
  AwsRequest read(byte[] text) {
    SdkRequest.Builder request = newBuilder();
    PojoReader.read(text, (SdkPojo) request);
    return (AwsRequest) request.build();
  }

  AwsResponse call(SdkClient client, AwsRequest request) {
    try {
      return (AwsResponse) call.invokeExact(client, request);
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  private AwsRequest.Builder newBuilder() {
    try {
      return (AwsRequest.Builder) builder.invokeExact();
    } catch (Throwable e) {
      throw unchecked(e);
    }
  }

  /** The SDK's methods declare no checked exception. */
  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }
}
