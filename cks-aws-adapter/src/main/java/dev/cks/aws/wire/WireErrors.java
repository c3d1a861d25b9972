package dev.cks.aws.wire;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;

/** Errors as AWS JSON 1.1 has them: the code as {@code __type}, and a message if there is one. */
final class WireErrors {
  private static final int CLIENT_FAULT = 400;
  private static final int LAST_STATUS = 599;

  private WireErrors() {}

  /**
   * The answer for what a client threw. An exception that somebody built with a message only still
   * has its class for a code, and counts as the caller's fault.
   */
  static WireResponse of(AwsServiceException thrown, WireProtocol protocol, String drawnId) {
    AwsErrorDetails details = thrown.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    byte[] body =
        body(
            protocol,
            code == null ? thrown.getClass().getSimpleName() : code,
            details == null ? thrown.getMessage() : details.errorMessage(),
            thrown);
    String requestId = thrown.requestId() == null ? drawnId : thrown.requestId();
    return new WireResponse(status(thrown), requestId, body);
  }

  private static int status(AwsServiceException thrown) {
    int status = thrown.statusCode();
    return status >= CLIENT_FAULT && status <= LAST_STATUS ? status : CLIENT_FAULT;
  }

  static byte[] body(
      WireProtocol protocol, String code, @Nullable String message, @Nullable Object thrown) {
    JsonBytes out = new JsonBytes();
    out.startObject();
    out.name("__type");
    out.string(code);
    if (message != null) {
      out.name(protocol.messageMember());
      out.string(message);
    }
    // a modelled error can have members besides its message
    if (thrown instanceof SdkPojo error) {
      PojoWriter.writeMembers(out, error);
    }
    out.endObject();
    return out.toByteArray();
  }
}
