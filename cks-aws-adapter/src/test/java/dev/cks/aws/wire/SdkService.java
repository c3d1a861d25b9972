package dev.cks.aws.wire;

import dev.cks.aws.inprocess.InProcessAws;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** The services whose wire is tested, as the SDK knows them. */
public enum SdkService {
  KMS(KmsClient.class),
  CLOUD_HSM_V2(CloudHsmV2Client.class),
  CLOUD_TRAIL(CloudTrailClient.class);

  final Class<? extends SdkClient> api;

  SdkService(Class<? extends SdkClient> api) {
    this.api = api;
  }

  WireProtocol protocol() {
    return switch (this) {
      case KMS -> WireProtocol.KMS;
      case CLOUD_HSM_V2 -> WireProtocol.CLOUD_HSM_V2;
      case CLOUD_TRAIL -> WireProtocol.CLOUD_TRAIL;
    };
  }

  /** The SDK's generated client. */
  SdkClient clientOf(InProcessAws aws) {
    return switch (this) {
      case KMS -> aws.configure(KmsClient.builder()).build();
      case CLOUD_HSM_V2 -> aws.configure(CloudHsmV2Client.builder()).build();
      case CLOUD_TRAIL -> aws.configure(CloudTrailClient.builder()).build();
    };
  }

  /** An operation of a service. */
  public record Call(SdkService service, Method method) {
    public String name() {
      String request = method.getParameterTypes()[0].getSimpleName();
      return request.substring(0, request.length() - "Request".length());
    }

    public SdkPojo requestBuilder() {
      return builderOf(method.getParameterTypes()[0]);
    }

    public SdkPojo responseBuilder() {
      return builderOf(method.getReturnType());
    }

    private static SdkPojo builderOf(Class<?> type) {
      try {
        return (SdkPojo) type.getMethod("builder").invoke(null);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(type.getName(), e);
      }
    }

    @Override
    public String toString() {
      return service + " " + name();
    }
  }

  /** Every operation: one request in, one answer out. */
  public Stream<Call> calls() {
    return Arrays.stream(api.getMethods())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0]))
        .filter(method -> AwsResponse.class.isAssignableFrom(method.getReturnType()))
        .map(method -> new Call(this, method));
  }

  static Stream<Call> allCalls() {
    return Arrays.stream(values()).flatMap(SdkService::calls);
  }
}
