package dev.cks.sim.pki;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of certificates and requests. */
final class Pem {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String REQUEST = "CERTIFICATE REQUEST";

  private static final Pattern BLOCK =
      Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");

  private Pem() {}

  static String encode(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  /**
   * What the one block of the text holds.
   *
   * @throws IllegalArgumentException if it is not one block of this type
   */
  static byte[] decode(String type, String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.matches() || !block.group(1).equals(type)) {
      throw new IllegalArgumentException("not one PEM block of type " + type);
    }
    return Base64.getMimeDecoder().decode(block.group(2));
  }
}
