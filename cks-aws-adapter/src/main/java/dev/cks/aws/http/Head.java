package dev.cks.aws.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The request line and headers of a request, parsed so strictly that no other reader on the way can
 * have understood something else: one length, one host, no folded lines, no lenient line ends.
 */
final class Head {
  /** Headers that decide something here: a second one would be a second opinion. */
  private static final Set<String> SINGLE =
      Set.of(
          "host",
          "content-length",
          "content-type",
          "expect",
          "authorization",
          "x-amz-date",
          "x-amz-target",
          "x-amz-content-sha256",
          "x-amz-security-token");

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final int LONGEST_LENGTH = 10;

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();

  private Head(String method, String target) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
  }

  /**
   * Parses.
   *
   * @param lines without their line ends and without the empty one
   */
  static Head parse(List<String> lines) {
    Head head = requestLine(lines.get(0));
    for (String line : lines.subList(1, lines.size())) {
      head.add(line);
    }
    head.check();
    return head;
  }

  private static Head requestLine(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || !isToken(parts[0]) || !isTarget(parts[1])) {
      throw HttpFault.malformed("The request line is malformed");
    }
    if (!parts[2].equals("HTTP/1.1")) {
      throw HttpFault.malformed("Only HTTP/1.1 is spoken here");
    }
    return new Head(parts[0], parts[1]);
  }

  /** Neither an absolute URI nor an asterisk nor an authority: what only proxies are sent. */
  private static boolean isTarget(String text) {
    return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    // covers a folded line too, which begins with a space
    if (colon < 0 || !isToken(line.substring(0, colon))) {
      throw HttpFault.malformed("A header is malformed");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    List<String> values = headers.computeIfAbsent(name, n -> new ArrayList<>(1));
    if (!values.isEmpty() && SINGLE.contains(name)) {
      throw HttpFault.malformed("A header is given twice that can be given once");
    }
    values.add(line.substring(colon + 1).strip());
  }

  private void check() {
    if (headers.size() > Limits.HEADERS) {
      throw HttpFault.malformed("There are too many headers");
    }
    if (!headers.containsKey("host")) {
      throw HttpFault.malformed("A Host header is required");
    }
    if (headers.containsKey("transfer-encoding")) {
      throw HttpFault.malformed("A Transfer-Encoding is not understood; send a Content-Length");
    }
    if (headers.containsKey("expect") && !expectsContinue()) {
      throw HttpFault.malformed("The expectation cannot be met");
    }
  }

  private static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Head::isTokenCharacter);
  }

  private static boolean isTokenCharacter(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  /** How many bytes follow. */
  int contentLength(int most) {
    List<String> given = headers.get("content-length");
    if (given == null) {
      if (method.equals("POST") || method.equals("PUT")) {
        throw HttpFault.lengthRequired();
      }
      return 0;
    }
    long length = number(given.get(0));
    if (length > most) {
      throw HttpFault.tooLarge("The request body is larger than " + most + " bytes");
    }
    return (int) length;
  }

  private static long number(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw HttpFault.malformed("The Content-Length is not a number");
    }
    return digits.length() > LONGEST_LENGTH ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  boolean expectsContinue() {
    List<String> expect = headers.get("expect");
    return expect != null && expect.get(0).equalsIgnoreCase("100-continue");
  }

  boolean keepAlive() {
    return headers.getOrDefault("connection", List.of()).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .noneMatch(option -> option.strip().equalsIgnoreCase("close"));
  }

  String method() {
    return method;
  }

  Request with(byte[] body, String peer, boolean peerIsLoopback) {
    return new Request(method, path, query, headers, body, peer, peerIsLoopback);
  }
}
