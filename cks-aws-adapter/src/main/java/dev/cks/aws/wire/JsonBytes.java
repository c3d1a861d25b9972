package dev.cks.aws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text as it is written, in ASCII: every other character is escaped, so that an unpaired
 * surrogate can be written too. Whoever writes sees to it that names and values alternate and that
 * what is opened is closed. A tenth of what a general-purpose generator costs for an answer.
 */
final class JsonBytes {
  private static final int USUAL_SIZE = 512;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** As long as an escaped UTF-16 unit: a backslash, a u, four digits. */
  private static final int LONGEST_ESCAPE = 6;

  private byte[] text = new byte[USUAL_SIZE];
  private int length;

  /** Whether something stands before the next name or value that a comma must part it from. */
  private boolean behindValue;

  void startObject() {
    start('{');
  }

  void endObject() {
    end('}');
  }

  void startArray() {
    start('[');
  }

  void endArray() {
    end(']');
  }

  void name(String name) {
    string(name);
    append(':');
    behindValue = false;
  }

  void string(String value) {
    separate();
    append('"');
    characters(value);
    append('"');
  }

  /** Text without anything that JSON would escape: a number, {@code true}, {@code null}. */
  void bare(String ascii) {
    separate();
    int size = ascii.length();
    ensure(size);
    for (int i = 0; i < size; i++) {
      text[length++] = (byte) ascii.charAt(i);
    }
  }

  /** A string of ASCII bytes that need no escape. */
  void plainString(byte[] ascii) {
    separate();
    append('"');
    ensure(ascii.length);
    System.arraycopy(ascii, 0, text, length, ascii.length);
    length += ascii.length;
    append('"');
  }

  byte[] toByteArray() {
    return Arrays.copyOf(text, length);
  }

  private void start(char bracket) {
    separate();
    append(bracket);
    behindValue = false;
  }

  private void end(char bracket) {
    append(bracket);
    behindValue = true;
  }

  private void separate() {
    if (behindValue) {
      append(',');
    }
    behindValue = true;
  }

  private void characters(String value) {
    int size = value.length();
    ensure(size);
    for (int i = 0; i < size; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        text[length++] = (byte) c;
      } else {
        escape(c);
        ensure(size - i);
      }
    }
  }

  private void escape(char c) {
    ensure(LONGEST_ESCAPE);
    text[length++] = '\\';
    if (c == '"' || c == '\\') {
      text[length++] = (byte) c;
      return;
    }
    text[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      text[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void append(char ascii) {
    ensure(1);
    text[length++] = (byte) ascii;
  }

  private void ensure(int more) {
    if (text.length - length < more) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
    }
  }
}
