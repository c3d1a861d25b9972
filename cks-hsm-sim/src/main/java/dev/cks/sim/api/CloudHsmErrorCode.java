package dev.cks.sim.api;

/** The errors of CloudHSM v2. */
public enum CloudHsmErrorCode {
  /** The requester does not have permission. */
  ACCESS_DENIED("CloudHsmAccessDeniedException"),
  /** A fault of the service; the only one that is not the caller's. */
  INTERNAL_FAILURE("CloudHsmInternalFailureException"),
  /** A parameter is wrong, or the resource is not in a state for this. */
  INVALID_REQUEST("CloudHsmInvalidRequestException"),
  /** There would be too many of them. */
  RESOURCE_LIMIT_EXCEEDED("CloudHsmResourceLimitExceededException"),
  /** There is no such resource. */
  RESOURCE_NOT_FOUND("CloudHsmResourceNotFoundException"),
  /** Another error of the service. */
  SERVICE("CloudHsmServiceException"),
  /** The tags are not acceptable. */
  TAG("CloudHsmTagException");

  private final String wireName;

  CloudHsmErrorCode(String wireName) {
    this.wireName = wireName;
  }

  /** The name in answers. */
  public String wireName() {
    return wireName;
  }

  /** The HTTP status of the answer. */
  public int httpStatus() {
    return this == INTERNAL_FAILURE ? 500 : 400;
  }
}
