package dev.cks.aws.service;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.cks.domain.error.KmsErrorCode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

class KmsFaultsTest {
  private static final String REQUEST_ID = "2b3c4d5e-0000-4000-8000-123456789012";

  /** Where the SDK's spelling of a class is not the wire's spelling of the error. */
  private static final Map<String, String> OTHER_SPELLING =
      Map.of(
          "KMSInternalException", "KmsInternalException",
          "KMSInvalidStateException", "KmsInvalidStateException",
          "CustomKeyStoreHasCMKsException", "CustomKeyStoreHasCmKsException");

  private static KmsException fault(KmsErrorCode code, @Nullable String message) {
    return (KmsException)
        KmsFaults.toSdk(new dev.cks.domain.error.KmsException(code, message), REQUEST_ID);
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorHasItsClass(KmsErrorCode code) {
    assertThat(fault(code, "m").getClass())
        .isEqualTo(modelledClass(code).orElse(KmsException.class));
  }

  private static Optional<Class<?>> modelledClass(KmsErrorCode code) {
    String name = OTHER_SPELLING.getOrDefault(code.wireName(), code.wireName());
    try {
      return Optional.of(Class.forName(KmsException.class.getPackageName() + "." + name));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyErrorCarriesWhatTheRealClientRecords(KmsErrorCode code) {
    KmsException fault = fault(code, "what happened");
    AwsErrorDetails details = fault.awsErrorDetails();
    assertThat(fault.statusCode()).isEqualTo(code.httpStatus());
    assertThat(fault.requestId()).isEqualTo(REQUEST_ID);
    assertThat(fault).hasMessageStartingWith("what happened (Service: Kms, Status Code: ");
    assertThat(details.errorCode()).isEqualTo(code.wireName());
    assertThat(details.errorMessage()).isEqualTo("what happened");
    assertThat(details.serviceName()).isEqualTo("Kms");
    assertThat(details.sdkHttpResponse().statusCode()).isEqualTo(code.httpStatus());
    assertThat(details.sdkHttpResponse().firstMatchingHeader("x-amzn-RequestId"))
        .contains(REQUEST_ID);
  }

  @Test
  void someErrorsHaveNoMessage() {
    KmsException fault = fault(KmsErrorCode.INVALID_CIPHERTEXT, null);
    assertThat(fault.awsErrorDetails().errorMessage()).isNull();
    assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("InvalidCiphertextException");
  }

  @Test
  void anExceptionOfTheSdkStaysWhatItIs() {
    SdkClientException theirs = SdkClientException.create("theirs");
    assertThat(KmsFaults.toSdk(theirs, REQUEST_ID)).isSameAs(theirs);
  }

  @Test
  void aBugIsLoggedAndNotTold() {
    IllegalStateException bug = new IllegalStateException("internal detail");
    try (CapturedLog log = new CapturedLog(KmsFaults.class)) {
      SdkException answer = KmsFaults.toSdk(bug, REQUEST_ID);
      assertThat(answer)
          .isInstanceOf(KmsInternalException.class)
          .hasNoCause()
          .hasMessageNotContaining("internal detail")
          .hasMessageContaining("Status Code: 500");
      assertThat(log.events())
          .singleElement()
          .satisfies(event -> assertThat(event.getLevel()).isEqualTo(Level.ERROR))
          .satisfies(event -> assertThat(event.getFormattedMessage()).contains(REQUEST_ID))
          .satisfies(
              event ->
                  assertThat(event.getThrowableProxy().getMessage()).isEqualTo("internal detail"));
    }
  }
}
