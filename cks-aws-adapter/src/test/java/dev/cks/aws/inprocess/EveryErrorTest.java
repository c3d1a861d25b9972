package dev.cks.aws.inprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.aws.wire.WireDispatcher;
import dev.cks.aws.wire.WireProtocol;
import dev.cks.aws.wire.WireService;
import dev.cks.domain.error.KmsErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;

/** The generated client makes of every error what it makes of AWS's. */
class EveryErrorTest {

  /** A KMS in which everything fails, with exceptions of no particular class. */
  private record Failing(KmsErrorCode code, @Nullable String message) implements KmsClient {
    @Override
    public ListKeysResponse listKeys(ListKeysRequest request) {
      throw KmsException.builder()
          .statusCode(code.httpStatus())
          .requestId("of-the-service")
          .awsErrorDetails(
              AwsErrorDetails.builder().errorCode(code.wireName()).errorMessage(message).build())
          .build();
    }

    @Override
    public String serviceName() {
      return "kms";
    }

    @Override
    public void close() {}

    KmsException asSeenThroughTheSdk() {
      WireDispatcher dispatcher =
          new WireDispatcher(
              List.of(WireService.of(WireProtocol.KMS, KmsClient.class, this)), () -> "drawn");
      try (KmsClient client =
          InProcessAws.of(dispatcher, Region.EU_WEST_1)
              .configure(KmsClient.builder())
              .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
              .build()) {
        return catchThrowableOfType(KmsException.class, client::listKeys);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void arrivesAsItsOwnClass(KmsErrorCode code) {
    KmsException seen = new Failing(code, "what \"happened\"").asSeenThroughTheSdk();
    assertThat(seen.getClass().getSimpleName()).isEqualTo(classOf(code));
    assertThat(seen.awsErrorDetails().errorCode()).isEqualTo(code.wireName());
    assertThat(seen.awsErrorDetails().errorMessage()).isEqualTo("what \"happened\"");
    assertThat(seen.statusCode()).isEqualTo(code.httpStatus());
    assertThat(seen.requestId()).isEqualTo("of-the-service");
  }

  private static String classOf(KmsErrorCode code) {
    return switch (code) {
      case NOT_AUTHORIZED, UNKNOWN_OPERATION, VALIDATION -> "KmsException";
      case KMS_INTERNAL -> "KmsInternalException";
      case KMS_INVALID_STATE -> "KmsInvalidStateException";
      case CUSTOM_KEY_STORE_HAS_CMKS -> "CustomKeyStoreHasCmKsException";
      default -> code.wireName();
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"INVALID_CIPHERTEXT", "KMS_INTERNAL"})
  void mayComeWithoutAMessage(KmsErrorCode code) {
    KmsException seen = new Failing(code, null).asSeenThroughTheSdk();
    assertThat(seen.awsErrorDetails().errorMessage()).isNull();
    assertThat(seen.statusCode()).isEqualTo(code.httpStatus());
  }
}
