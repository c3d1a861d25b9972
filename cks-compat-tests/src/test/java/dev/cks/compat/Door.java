package dev.cks.compat;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The ways in which an application's KMS client of the AWS SDK for Java 2.x reaches the account.
 */
enum Door {
  IN_PROCESS,
  ASYNC_IN_PROCESS,
  URL_CONNECTION,
  APACHE5,
  ASYNC_NETTY;

  /** Closing one takes two seconds. */
  private static final class Netty {
    static final SdkAsyncHttpClient SHARED = NettyNioAsyncHttpClient.create();
  }

  KmsClient open(Site site) {
    return switch (this) {
      case IN_PROCESS -> site.generated();
      case ASYNC_IN_PROCESS ->
          JoinedAsync.of(site.inProcess().configure(KmsAsyncClient.builder()).build());
      case URL_CONNECTION ->
          overSocket(site, KmsClient.builder())
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .build();
      case APACHE5 ->
          overSocket(site, KmsClient.builder())
              .httpClientBuilder(Apache5HttpClient.builder())
              .build();
      case ASYNC_NETTY ->
          JoinedAsync.of(
              overSocket(site, KmsAsyncClient.builder()).httpClient(Netty.SHARED).build());
    };
  }

  /** What a user configures to reach the endpoint. */
  static <B extends AwsClientBuilder<B, C>, C> B overSocket(Site site, B builder) {
    return builder
        .endpointOverride(site.endpoint().uri())
        .region(Region.of(site.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    Site.ALICE.accessKeyId(), Site.ALICE.secretAccessKey())));
  }
}
