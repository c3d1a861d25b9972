package dev.cks.aws.inprocess;

import dev.cks.Kms;
import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireHandler;
import dev.cks.aws.wire.WireService;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The AWS SDK's generated clients in front of services in the same process:
 *
 * <pre>{@code
 * InProcessAws aws = InProcessAws.of(kms);
 * try (KmsClient client = aws.configure(KmsClient.builder()).build()) { … }
 * }</pre>
 *
 * <p>Retries are the SDK's and wait in real time: a client whose calls are meant to be throttled or
 * to fail with status 500 wants {@code retryStrategy(DefaultRetryStrategy.doNotRetry())} in its
 * override configuration. Thread-safe; nothing to close.
 */
public final class InProcessAws {
  static final AwsBasicCredentials CREDENTIALS =
      AwsBasicCredentials.create(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private final Region region;
  private final InProcessHttpClient httpClient;
  private final InProcessAsyncHttpClient asyncHttpClient;

  private InProcessAws(WireHandler dispatcher, Region region) {
    this.region = region;
    this.httpClient = new InProcessHttpClient(dispatcher);
    this.asyncHttpClient = new InProcessAsyncHttpClient(dispatcher);
  }

  /**
   * KMS, and whatever else is wanted, in the account and Region of the KMS.
   *
   * @param kms stays the caller's to close
   * @param further other services; not KMS once more
   */
  public static InProcessAws of(Kms kms, WireService... further) {
    List<WireService> services =
        Stream.concat(Stream.of(WireService.kms(kms)), Stream.of(further)).toList();
    return of(
        new WireDispatcher(services, () -> kms.rootCaller().requestId()),
        Region.of(kms.scope().region()));
  }

  /** The services of a dispatcher, or of one behind something, for clients of one Region. */
  public static InProcessAws of(WireHandler dispatcher, Region region) {
    return new InProcessAws(dispatcher, region);
  }

  /**
   * Points a client's builder at this process. It sets three things, whatever was set before: the
   * HTTP client, the Region, and credentials that are AWS's documentation example. Set a Region or
   * credentials of your own afterwards; both are accepted and neither is looked at.
   *
   * @return the same builder
   */
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(B builder) {
    return identify(builder.httpClient(httpClient));
  }

  /**
   * The same for an asynchronous client's builder.
   *
   * @return the same builder
   */
  public <B extends AwsAsyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configure(
      B builder) {
    return identify(builder.httpClient(asyncHttpClient));
  }

  private <B extends AwsClientBuilder<B, C>, C> B identify(B builder) {
    return builder
        .region(region)
        .credentialsProvider(StaticCredentialsProvider.create(CREDENTIALS));
  }

  /** For a builder that is not at hand. The SDK does not close it, nor need anyone else. */
  public SdkHttpClient httpClient() {
    return httpClient;
  }

  /** The same for asynchronous clients. */
  public SdkAsyncHttpClient asyncHttpClient() {
    return asyncHttpClient;
  }

  /**
   * Redirects, in the whole JVM, every client of any AWS service that is built without an HTTP
   * client of its own: what {@code KmsClient.create()} in somebody else's code gives. As long as it
   * lasts the JVM's default Region is this one and its default credentials are AWS's documentation
   * example. Requests to services that are not here are refused, by name. A client built meanwhile
   * stays with this process when it is over.
   *
   * <p>The first takeover in a JVM costs the SDK's building of two clients. It must come before the
   * first client that is built without an HTTP client of its own: the SDK chooses once and for all.
   *
   * @return ends it and restores what was
   * @throws IllegalStateException if another one is not over, or if the SDK has already chosen
   */
  public Takeover takeOver() {
    return Takeover.begin(this);
  }

  Region region() {
    return region;
  }
}
