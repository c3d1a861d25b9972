package dev.cks.aws.wire;

/** A request that no operation ever sees: it cannot be understood. */
final class WireFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String text;

  private WireFault(String code, String text) {
    // an answer and not an accident: nobody reads the stack trace
    super(text, null, false, false);
    this.code = code;
    this.text = text;
  }

  static WireFault serialization(String text) {
    return new WireFault("SerializationException", text);
  }

  static WireFault unknownOperation(String text) {
    return new WireFault("UnknownOperationException", text);
  }

  String code() {
    return code;
  }

  String text() {
    return text;
  }
}
