package dev.cks.domain.key;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a key waits before it is deleted: 7 to 30 days, 30 when not told (spec C.4). */
public record DeletionWindow(int days) {
  private static final int MIN_DAYS = 7;
  private static final int MAX_DAYS = 30;

  /**
   * The window a request asks for.
   *
   * @throws KmsException {@code ValidationException} outside 7 to 30 days
   */
  public static DeletionWindow requested(@Nullable Integer days) {
    if (days == null) {
      return new DeletionWindow(MAX_DAYS);
    }
    if (days < MIN_DAYS) {
      throw outside(days, "greater than or equal to " + MIN_DAYS);
    }
    if (days > MAX_DAYS) {
      throw outside(days, "less than or equal to " + MAX_DAYS);
    }
    return new DeletionWindow(days);
  }

  private static KmsException outside(int days, String rule) {
    return new KmsException(
        KmsErrorCode.VALIDATION,
        "1 validation error detected: Value '"
            + days
            + "' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value "
            + rule);
  }

  /** When the window ends. */
  public Instant endsFrom(Instant now) {
    return now.plus(Duration.ofDays(days));
  }
}
