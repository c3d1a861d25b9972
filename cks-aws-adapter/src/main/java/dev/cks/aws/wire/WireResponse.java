package dev.cks.aws.wire;

import java.util.Map;

/** An answer as HTTP carries it. */
public final class WireResponse {
  private final int status;
  private final String requestId;
  private final byte[] body;

  WireResponse(int status, String requestId, byte[] body) {
    this.status = status;
    this.requestId = requestId;
    this.body = body;
  }

  /** 200; 400 for what the caller caused, 500 for what the service caused. */
  public int status() {
    return status;
  }

  /** The id that the answer carries in the header {@code x-amzn-RequestId}. */
  public String requestId() {
    return requestId;
  }

  /** The headers, but for {@code Content-Length} and {@code Date}, which are the transport's. */
  public Map<String, String> headers() {
    return Map.of("x-amzn-RequestId", requestId, "Content-Type", WireDispatcher.CONTENT_TYPE);
  }

  /** The body itself, not a copy; possibly of length 0. */
  public byte[] body() {
    return body;
  }

  /** Without the body, which may hold secrets. */
  @Override
  public String toString() {
    return status + " " + requestId + " (" + body.length + " bytes)";
  }
}
