package dev.cks.aws.wire;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser;
import software.amazon.awssdk.thirdparty.jackson.core.JsonParser.NumberType;
import software.amazon.awssdk.thirdparty.jackson.core.JsonToken;

/**
 * The values that have no parts: text, numbers, flags; bytes in base64; points in time as seconds
 * since 1970 with a fraction.
 */
final class Scalars {
  /** The end of the year 9999: no service of AWS takes a later time. */
  private static final double LAST_SECOND = 253_402_300_799.0;

  private static final int MILLIS_DIGITS = 3;

  private Scalars() {}

  /** Refuses any token but one. */
  static void expect(JsonToken wanted, JsonToken found) {
    if (found != wanted) {
      throw WireFault.serialization(
          wanted == JsonToken.START_ARRAY
              ? nameOf(found) + " found where a list was expected"
              : nameOf(found) + " found where a structure or map was expected");
    }
  }

  static Object read(JsonParser in, MarshallingKnownType type) throws IOException {
    return switch (type) {
      case STRING -> text(in, "a String");
      case BOOLEAN -> flag(in);
      case INTEGER -> (int) integer(in, Integer.MIN_VALUE, Integer.MAX_VALUE, "an Integer");
      case LONG -> integer(in, Long.MIN_VALUE, Long.MAX_VALUE, "a Long");
      case SHORT -> (short) integer(in, Short.MIN_VALUE, Short.MAX_VALUE, "a Short");
      case BYTE -> (byte) integer(in, Byte.MIN_VALUE, Byte.MAX_VALUE, "a Byte");
      case FLOAT -> (float) number(in, Float.MAX_VALUE, "a Float");
      case DOUBLE -> number(in, Double.MAX_VALUE, "a Double");
      case INSTANT -> Instant.ofEpochMilli(Math.round(1000 * number(in, LAST_SECOND, "a Date")));
      case SDK_BYTES -> bytes(in);
      default -> throw new IllegalStateException("no such value in AWS JSON 1.1: " + type);
    };
  }

  private static String text(JsonParser in, String what) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw mismatch(in.currentToken(), what);
    }
    return in.getText();
  }

  private static Boolean flag(JsonParser in) {
    JsonToken token = in.currentToken();
    if (!token.isBoolean()) {
      throw mismatch(token, "a Boolean");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static long integer(JsonParser in, long min, long max, String what) throws IOException {
    JsonToken token = in.currentToken();
    if (token != JsonToken.VALUE_NUMBER_INT || in.getNumberType() == NumberType.BIG_INTEGER) {
      throw mismatch(token, what);
    }
    long value = in.getLongValue();
    if (value < min || value > max) {
      throw mismatch(token, what);
    }
    return value;
  }

  private static double number(JsonParser in, double limit, String what) throws IOException {
    JsonToken token = in.currentToken();
    if (!token.isNumeric()) {
      throw mismatch(token, what);
    }
    double value = in.getDoubleValue();
    if (!(Math.abs(value) <= limit)) {
      throw mismatch(token, what);
    }
    return value;
  }

  private static SdkBytes bytes(JsonParser in) throws IOException {
    String base64 = text(in, "a Blob");
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw WireFault.serialization("A Blob is not valid base64");
    }
  }

  private static WireFault mismatch(JsonToken found, String what) {
    return WireFault.serialization(nameOf(found) + " can not be converted to " + what);
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "Start of structure or map";
      case START_ARRAY -> "Start of list";
      case VALUE_STRING -> "STRING_VALUE";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE";
      case VALUE_TRUE -> "TRUE_VALUE";
      case VALUE_FALSE -> "FALSE_VALUE";
      default -> "NULL_VALUE";
    };
  }

  static void write(JsonBytes out, Object value) {
    if (value instanceof String text) {
      out.string(text);
    } else if (value instanceof SdkBytes bytes) {
      out.plainString(Base64.getEncoder().encode(bytes.asByteArrayUnsafe()));
    } else if (value instanceof Instant time) {
      out.bare(BigDecimal.valueOf(time.toEpochMilli(), MILLIS_DIGITS).toPlainString());
    } else if (value instanceof Boolean || value instanceof Number) {
      out.bare(value.toString());
    } else {
      throw new IllegalStateException("no such value in AWS JSON 1.1: " + value.getClass());
    }
  }
}
