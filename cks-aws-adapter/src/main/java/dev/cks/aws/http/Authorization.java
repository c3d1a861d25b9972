package dev.cks.aws.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The header {@code Authorization} of Signature Version 4, taken apart.
 *
 * @param date of the scope, {@code yyyyMMdd}
 * @param signedHeaders names in lower case, in ascending order
 * @param signature 64 hexadecimal digits in lower case
 */
record Authorization(
    String accessKeyId,
    String date,
    String region,
    String service,
    String terminator,
    List<String> signedHeaders,
    String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final int SCOPE_PARTS = 5;
  private static final int SIGNATURE_LENGTH = 64;

  /** Takes a header's value apart, or says what is missing in AWS's words. */
  static Authorization parse(String header) {
    int space = header.indexOf(' ');
    String algorithm = space < 0 ? header : header.substring(0, space);
    if (!algorithm.equals(ALGORITHM)) {
      throw SignatureFault.incomplete("Unsupported AWS 'algorithm'; it must be " + ALGORITHM + ".");
    }
    Map<String, String> parts = parts(space < 0 ? "" : header.substring(space + 1));
    requireAll(parts);
    String[] scope = parts.getOrDefault("Credential", "").split("/", -1);
    if (scope.length != SCOPE_PARTS) {
      throw SignatureFault.incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term.");
    }
    return new Authorization(
        scope[0],
        scope[1],
        scope[2],
        scope[3],
        scope[4],
        signedHeaders(parts.getOrDefault("SignedHeaders", "")),
        signature(parts.getOrDefault("Signature", "")));
  }

  private static Map<String, String> parts(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0
          || parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip())
              != null) {
        throw SignatureFault.incomplete(
            "Authorization header must be a comma-separated list of key=value pairs, each key"
                + " once.");
      }
    }
    return parts;
  }

  private static void requireAll(Map<String, String> parts) {
    List<String> missing = new ArrayList<>();
    for (String name : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(name, "").isEmpty()) {
        missing.add("Authorization header requires '" + name + "' parameter.");
      }
    }
    if (!missing.isEmpty()) {
      throw SignatureFault.incomplete(String.join(" ", missing));
    }
  }

  private static List<String> signedHeaders(String text) {
    List<String> names = List.of(text.split(";", -1));
    for (int i = 1; i < names.size(); i++) {
      if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
        throw SignatureFault.incomplete("SignedHeaders must be in ascending order, each once.");
      }
    }
    return names;
  }

  private static String signature(String text) {
    boolean hex = text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    if (!hex || text.length() != SIGNATURE_LENGTH) {
      throw SignatureFault.mismatch();
    }
    return text;
  }

  String scope() {
    return date + "/" + region + "/" + service + "/" + terminator;
  }

  /** Without the signature, which is good for some minutes. */
  @Override
  public String toString() {
    return accessKeyId + "/" + scope();
  }
}
