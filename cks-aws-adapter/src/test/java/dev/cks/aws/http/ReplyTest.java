package dev.cks.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplyTest {
  private static String text(Instant now, boolean last, boolean withBody) {
    byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
    return new String(
        new Reply(200, Map.of(), body).bytes(now, last, withBody), StandardCharsets.US_ASCII);
  }

  @Test
  void aDayOfOneDigitIsWrittenWithTwo() {
    assertThat(text(Instant.parse("2026-03-04T05:06:07.9Z"), false, true))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nDate: Wed, 04 Mar 2026 05:06:07 GMT\r\n\r\n{}");
  }

  @Test
  void theLastOneSaysSo_andHeadHasTheLengthWithoutTheBody() {
    assertThat(text(Instant.EPOCH, true, false))
        .contains("Content-Length: 2\r\n", "Connection: close\r\n")
        .endsWith("\r\n\r\n");
  }
}
