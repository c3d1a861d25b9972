package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.service.World;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** Two worlds of one seed: one is called directly, the other through the SDK's clients. */
final class Twins implements AutoCloseable {
  private static final long SEED = 4;

  final World near = World.ofSeed(SEED);
  final World far = World.ofSeed(SEED);
  final KmsClient direct = near.client;
  final KmsClient throughSdk;
  private final InProcessAws aws = InProcessAws.of(far.kms);

  Twins() {
    throughSdk =
        aws.configure(KmsClient.builder())
            .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
            .build();
  }

  /** An asynchronous client of the far world; the caller closes it. */
  KmsAsyncClient openAsyncClient() {
    return aws.configure(KmsAsyncClient.builder())
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  /** The id of a key in a connected key store, the same in both worlds. */
  String createKeyInStore() {
    String id = near.createKeyIn(near.createConnectedStore()).keyId();
    assertThat(far.createKeyIn(far.createConnectedStore()).keyId()).isEqualTo(id);
    return id;
  }

  @Override
  public void close() {
    throughSdk.close();
    near.close();
    far.close();
  }
}
