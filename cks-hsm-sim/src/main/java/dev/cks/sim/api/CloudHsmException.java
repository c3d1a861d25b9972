package dev.cks.sim.api;

/** A refusal of the CloudHSM service; nothing was changed. The message carries no secret. */
public final class CloudHsmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CloudHsmErrorCode code;

  /** A refusal with this code and message. */
  public CloudHsmException(CloudHsmErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Which error it is. */
  public CloudHsmErrorCode code() {
    return code;
  }
}
