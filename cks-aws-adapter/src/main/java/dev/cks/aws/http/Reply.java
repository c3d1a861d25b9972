package dev.cks.aws.http;

import dev.cks.aws.wire.WireResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** An answer, and its bytes. */
// passed on and never compared
@SuppressWarnings("ArrayRecordComponent")
record Reply(int status, Map<String, String> headers, byte[] body) {
  private static final Map<Integer, String> REASONS =
      Map.of(
          200, "OK",
          400, "Bad Request",
          403, "Forbidden",
          404, "Not Found",
          411, "Length Required",
          413, "Content Too Large",
          500, "Internal Server Error",
          503, "Service Unavailable");

  /** Unlike the JDK's own format it has two digits for every day, as HTTP demands. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

  static Reply of(WireResponse answer) {
    return new Reply(answer.status(), answer.headers(), answer.body());
  }

  /**
   * Everything that goes over the wire.
   *
   * @param last whether the connection ends with it
   * @param withBody false in answer to HEAD
   */
  byte[] bytes(Instant now, boolean last, boolean withBody) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(REASONS.getOrDefault(status, ""));
    headers.forEach((name, value) -> line(head, name, value));
    line(head, "Content-Length", Integer.toString(body.length));
    line(head, "Date", HTTP_DATE.format(now.atOffset(ZoneOffset.UTC)));
    if (last) {
      line(head, "Connection", "close");
    }
    head.append("\r\n\r\n");
    ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length);
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (withBody) {
      all.writeBytes(body);
    }
    return all.toByteArray();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append("\r\n").append(name).append(": ").append(value);
  }
}
