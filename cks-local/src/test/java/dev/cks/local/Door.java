package dev.cks.local;

import dev.cks.aws.http.Endpoint;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2AsyncClient;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailAsyncClient;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** A way into a world of its own: the same seed for each, so that all of them answer the same. */
enum Door {
  DIRECT,
  IN_PROCESS,
  ASYNC,
  SOCKET;

  /** The three clients of one way in. */
  record Clients(
      SimulatedAws aws, KmsClient kms, CloudHsmV2Client cloudHsm, CloudTrailClient cloudTrail)
      implements AutoCloseable {
    @Override
    public void close() {
      kms.close();
      cloudHsm.close();
      cloudTrail.close();
      aws.close();
    }
  }

  Clients open() {
    SimulatedAws aws = SimulatedAws.create();
    return switch (this) {
      case DIRECT -> new Clients(aws, aws.kms(), aws.cloudHsmV2(), aws.cloudTrail());
      case IN_PROCESS -> inProcess(aws);
      case ASYNC -> async(aws);
      case SOCKET -> socket(aws);
    };
  }

  private static <B extends AwsClientBuilder<B, C>, C> C once(B builder) {
    return builder
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static Clients inProcess(SimulatedAws aws) {
    return new Clients(
        aws,
        once(aws.configure(KmsClient.builder())),
        once(aws.configure(CloudHsmV2Client.builder())),
        once(aws.configure(CloudTrailClient.builder())));
  }

  private static Clients socket(SimulatedAws aws) {
    Endpoint endpoint = aws.endpoint();
    return new Clients(
        aws,
        once(through(endpoint, KmsClient.builder())),
        once(through(endpoint, CloudHsmV2Client.builder())),
        once(through(endpoint, CloudTrailClient.builder())));
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B through(
      Endpoint endpoint, B builder) {
    return builder
        .httpClient(new SocketHttpClient())
        .endpointOverride(endpoint.uri())
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")));
  }

  private static Clients async(SimulatedAws aws) {
    return new Clients(
        aws,
        waiting(
            KmsClient.class, KmsAsyncClient.class, once(aws.configure(KmsAsyncClient.builder()))),
        waiting(
            CloudHsmV2Client.class,
            CloudHsmV2AsyncClient.class,
            once(aws.configure(CloudHsmV2AsyncClient.builder()))),
        waiting(
            CloudTrailClient.class,
            CloudTrailAsyncClient.class,
            once(aws.configure(CloudTrailAsyncClient.builder()))));
  }

  /** A synchronous client that waits for an asynchronous one. */
  private static <S, A extends AutoCloseable> S waiting(
      Class<S> api, Class<? super A> asyncApi, A client) {
    InvocationHandler handler =
        (proxy, method, args) -> {
          if (method.getName().equals("close")) {
            client.close();
            return null;
          }
          return isOperation(method)
              ? join(asyncApi.getMethod(method.getName(), method.getParameterTypes()), client, args)
              : InvocationHandler.invokeDefault(proxy, method, args);
        };
    return api.cast(Proxy.newProxyInstance(api.getClassLoader(), new Class<?>[] {api}, handler));
  }

  private static boolean isOperation(Method method) {
    return method.getParameterCount() == 1
        && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
        && AwsResponse.class.isAssignableFrom(method.getReturnType());
  }

  private static Object join(Method method, Object client, Object[] args)
      throws IllegalAccessException, InvocationTargetException {
    try {
      return ((CompletableFuture<?>) method.invoke(client, args)).join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }
}
