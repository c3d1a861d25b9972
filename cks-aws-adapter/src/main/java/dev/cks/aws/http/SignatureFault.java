package dev.cks.aws.http;

/** A request that is refused for its signature, as AWS refuses it. */
final class SignatureFault extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;

  private final String code;
  private final String text;

  private SignatureFault(String code, String text) {
    // an answer and not an accident: nobody reads the stack trace
    super(text, null, false, false);
    this.code = code;
    this.text = text;
  }

  static SignatureFault missing() {
    return new SignatureFault(
        "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  static SignatureFault incomplete(String text) {
    return new SignatureFault("IncompleteSignatureException", text);
  }

  static SignatureFault unrecognized() {
    return new SignatureFault(
        "UnrecognizedClientException", "The security token included in the request is invalid.");
  }

  static SignatureFault mismatch() {
    return invalid(
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.");
  }

  static SignatureFault invalid(String text) {
    return new SignatureFault("InvalidSignatureException", text);
  }

  /** AWS JSON 1.1 answers 400 where other protocols of AWS answer 403. */
  int status() {
    return BAD_REQUEST;
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
