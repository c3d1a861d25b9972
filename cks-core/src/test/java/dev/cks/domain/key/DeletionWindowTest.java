package dev.cks.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionWindowTest {

  @Test
  void requested_withoutDays_isThirty() {
    assertThat(DeletionWindow.requested(null).days()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 8, 29, 30})
  void requested_withinTheLimits_isKept(int days) {
    assertThat(DeletionWindow.requested(days).days()).isEqualTo(days);
  }

  @ParameterizedTest
  @CsvSource({
    "6,greater than or equal to 7",
    "0,greater than or equal to 7",
    "-2147483648,greater than or equal to 7",
    "31,less than or equal to 30",
    "365,less than or equal to 30",
    "2147483647,less than or equal to 30",
  })
  void requested_outsideTheLimits_isAValidationError(int days, String rule) {
    KmsException refusal =
        catchThrowableOfType(KmsException.class, () -> DeletionWindow.requested(days));

    assertThat(refusal.code()).isEqualTo(KmsErrorCode.VALIDATION);
    assertThat(refusal)
        .hasMessage(
            "1 validation error detected: Value '"
                + days
                + "' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value "
                + rule);
  }

  @Test
  void endsFrom_sevenDays_countsWholeDays() {
    assertThat(DeletionWindow.requested(7).endsFrom(Instant.parse("2026-02-26T12:34:56.789Z")))
        .isEqualTo("2026-03-05T12:34:56.789Z");
  }
}
