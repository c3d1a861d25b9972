package dev.cks.aws.http;

/**
 * A request that is refused as HTTP, before anyone asks what it wants. Codes and statuses are those
 * of AWS's common errors.
 */
final class HttpFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int LENGTH_REQUIRED = 411;
  private static final int TOO_LARGE = 413;

  private final int status;
  private final String code;
  private final String text;

  private HttpFault(int status, String code, String text) {
    // an answer and not an accident: nobody reads the stack trace
    super(text, null, false, false);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  static HttpFault malformed(String text) {
    return new HttpFault(BAD_REQUEST, "MalformedHttpRequestException", text);
  }

  static HttpFault lengthRequired() {
    return new HttpFault(
        LENGTH_REQUIRED, "MalformedHttpRequestException", "A Content-Length is required");
  }

  static HttpFault tooLarge(String text) {
    return new HttpFault(TOO_LARGE, "RequestEntityTooLargeException", text);
  }

  static HttpFault denied(String text) {
    return new HttpFault(FORBIDDEN, "AccessDeniedException", text);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
