package dev.cks.domain.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KmsErrorCodeTest {

  private static Stream<KmsErrorCode> codes() {
    return Arrays.stream(KmsErrorCode.values());
  }

  @Test
  void wireNames_areUniqueExceptionNames() {
    assertThat(codes().map(KmsErrorCode::wireName))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.endsWith("Exception"));
  }

  @Test
  void httpStatus_isFiveHundredForTheThreeServerFaults_andFourHundredElse() {
    assertThat(codes().filter(code -> code.httpStatus() == 500))
        .containsExactlyInAnyOrder(
            KmsErrorCode.DEPENDENCY_TIMEOUT,
            KmsErrorCode.KEY_UNAVAILABLE,
            KmsErrorCode.KMS_INTERNAL);
    assertThat(codes().map(KmsErrorCode::httpStatus)).containsOnly(400, 500);
  }

  @Test
  void exception_withoutAMessage_printsItsNameOnly() {
    assertThat(new KmsException(KmsErrorCode.INVALID_CIPHERTEXT, null))
        .hasToString("InvalidCiphertextException");
    assertThat(new KmsException(KmsErrorCode.DISABLED, "it is disabled."))
        .hasToString("DisabledException: it is disabled.");
  }
}
