package dev.cks.aws.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** The text that a signature of version 4 is over, made from a request as received. */
final class CanonicalRequest {
  private static final int ESCAPE_LENGTH = 3;

  private CanonicalRequest() {}

  /** Six lines, the fourth of which are many. */
  static String of(Request request, List<String> signedHeaders) {
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(encodedPath(request.path())).append('\n');
    text.append(query(request.query())).append('\n');
    for (String name : signedHeaders) {
      text.append(name).append(':').append(headerValue(request, name)).append('\n');
    }
    return text.append('\n')
        .append(String.join(";", signedHeaders))
        .append('\n')
        .append(sha256(request.body()))
        .toString();
  }

  /** The path as sent, encoded once more, as every service but S3 has it. */
  private static String encodedPath(String path) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/') {
        encoded.append('/');
      } else {
        append(encoded, b);
      }
    }
    return encoded.toString();
  }

  private record Parameter(String name, String value) {}

  private static String query(String raw) {
    if (raw.isEmpty()) {
      return "";
    }
    List<Parameter> parameters = new ArrayList<>();
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = equals < 0 ? part : part.substring(0, equals);
      String value = equals < 0 ? "" : part.substring(equals + 1);
      parameters.add(new Parameter(encoded(decoded(name)), encoded(decoded(value))));
    }
    parameters.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
    StringBuilder text = new StringBuilder();
    for (Parameter parameter : parameters) {
      text.append(text.isEmpty() ? "" : "&").append(parameter.name());
      text.append('=').append(parameter.value());
    }
    return text.toString();
  }

  private static byte[] decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        bytes.write(escaped(text, i));
        i += ESCAPE_LENGTH - 1;
      } else {
        bytes.write(text.charAt(i));
      }
    }
    return bytes.toByteArray();
  }

  private static int escaped(String text, int at) {
    if (at + ESCAPE_LENGTH > text.length()
        || !HexFormat.isHexDigit(text.charAt(at + 1))
        || !HexFormat.isHexDigit(text.charAt(at + 2))) {
      throw HttpFault.malformed("The query holds a malformed escape");
    }
    return HexFormat.fromHexDigits(text, at + 1, at + ESCAPE_LENGTH);
  }

  private static String encoded(byte[] bytes) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : bytes) {
      append(encoded, b);
    }
    return encoded.toString();
  }

  private static void append(StringBuilder encoded, byte b) {
    boolean plain =
        (b >= '0' && b <= '9')
            || (b >= 'a' && b <= 'z')
            || (b >= 'A' && b <= 'Z')
            || b == '-'
            || b == '.'
            || b == '_'
            || b == '~';
    if (plain) {
      encoded.append((char) b);
    } else {
      encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
    }
  }

  /** All values, without the space around them and with one space for any inside. */
  private static String headerValue(Request request, String name) {
    List<String> values = request.headers().get(name);
    if (values == null) {
      // signed, and then lost or renamed on the way
      throw SignatureFault.mismatch();
    }
    StringBuilder joined = new StringBuilder();
    for (String value : values) {
      joined.append(joined.isEmpty() ? "" : ",").append(value.strip().replaceAll("\\s+", " "));
    }
    return joined.toString();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
