package dev.cks.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates as CloudTrail writes them inside an event. */
class AuditShapesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2021-10-14T17:39:50Z     | Oct 14, 2021, 5:39:50 PM
          2026-01-01T00:00:00Z     | Jan 1, 2026, 12:00:00 AM
          2026-12-31T12:09:05.999Z | Dec 31, 2026, 12:09:05 PM
          2026-05-09T11:59:59Z     | May 9, 2026, 11:59:59 AM
          """)
  void date_ofAnInstant_isAsCloudTrailWritesIt(Instant instant, String text) {
    assertThat(AuditShapes.date(instant)).isEqualTo(text);
  }

  @Test
  void date_ofEveryHourOfYears_isWhatThePlatformWrites() {
    DateTimeFormatter platform =
        DateTimeFormatter.ofPattern("MMM d, uuuu, h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);
    Instant end = Instant.parse("2028-03-01T00:00:00Z");
    Instant at = Instant.parse("2026-11-01T00:00:00Z");
    for (; at.isBefore(end); at = at.plusSeconds(3_559)) {
      // since Java 20 another space stands before the AM
      assertThat(AuditShapes.date(at)).isEqualTo(platform.format(at).replace('\u202f', ' '));
    }
  }
}
