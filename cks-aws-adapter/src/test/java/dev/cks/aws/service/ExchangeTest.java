package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.service.Caller;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.KmsException;

class ExchangeTest {
  private static final DescribeKeyRequest REQUEST = DescribeKeyRequest.builder().keyId("k").build();

  private final AtomicInteger calls = new AtomicInteger();
  private final Exchange exchange =
      new Exchange(() -> new Caller("arn", "ip", "agent", "id-" + calls.incrementAndGet()));

  @Test
  void anAnswerCarriesItsRequestId() {
    DescribeKeyResponse response =
        exchange.answer(REQUEST, (request, caller) -> DescribeKeyResponse.builder()).build();
    assertThat(response.responseMetadata().requestId()).isEqualTo("id-1");
    assertThat(response.sdkHttpResponse().isSuccessful()).isTrue();
  }

  @Test
  void anErrorCarriesTheRequestIdThatTheServiceSaw() {
    assertThatThrownBy(
            () ->
                exchange.answer(
                    REQUEST,
                    (request, caller) -> {
                      throw new dev.cks.domain.error.KmsException(
                          KmsErrorCode.DISABLED, caller.requestId());
                    }))
        .isInstanceOfSatisfying(
            DisabledException.class,
            e -> {
              assertThat(e.requestId()).isEqualTo("id-1");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("id-1");
            });
  }

  @Test
  void constraintsComeBeforeTheOperation() {
    assertThatThrownBy(
            () ->
                exchange.answer(
                    DescribeKeyRequest.builder().build(),
                    (request, caller) -> {
                      throw new AssertionError("reached");
                    }))
        .isExactlyInstanceOf(KmsException.class)
        .hasMessageContaining("Value null at 'keyId'");
  }

  @Test
  void aRefusalThatDoesNotRefuseIsABug() {
    try (CapturedLog log = new CapturedLog(KmsFaults.class)) {
      SdkException answer = exchange.refusal(REQUEST, caller -> {});
      assertThat(((KmsException) answer).awsErrorDetails().errorCode())
          .isEqualTo("KMSInternalException");
      assertThat(log.events()).hasSize(1);
    }
  }
}
