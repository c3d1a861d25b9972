package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.service.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;

class CksKmsClientTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void saysWhatItIs() {
    KmsClient client = world.client;
    assertThat(client.serviceName()).isEqualTo("kms");
    assertThat(client.serviceClientConfiguration().region()).isEqualTo(Region.US_EAST_1);
    assertThat(client.serviceClientConfiguration().overrideConfiguration()).isNotNull();
  }

  @Test
  void closingItLeavesTheKmsAlone() {
    world.client.close();
    assertThatCode(() -> world.client.createKey()).doesNotThrowAnyException();
  }

  @Test
  void theCallerIsAskedForOnceACall() {
    Caller caller = new Caller("arn:aws:iam::111122223333:user/a", "10.0.0.1", "test", "the-id");
    try (KmsClient client = new CksKmsClient(world.kms, () -> caller)) {
      assertThat(client.listKeys().responseMetadata().requestId()).isEqualTo("the-id");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // the wrong call is the point
  void noRequestIsABugOfTheCaller() {
    assertThatThrownBy(() -> world.client.listKeys((ListKeysRequest) null))
        .isInstanceOf(NullPointerException.class);
  }
}
