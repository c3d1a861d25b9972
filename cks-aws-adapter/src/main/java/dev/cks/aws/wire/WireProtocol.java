package dev.cks.aws.wire;

import java.util.function.Predicate;

/**
 * How one AWS service looks on the wire (spec I.2). All of them speak AWS JSON 1.1.
 *
 * @param targetPrefix what stands before the operation's name in the header {@code X-Amz-Target}
 * @param signingName the service in a signature's scope
 * @param messageMember the member of an error that holds its message
 * @param bodiless the operations whose answer has no body at all, where others answer an empty
 *     object
 */
public record WireProtocol(
    String targetPrefix, String signingName, String messageMember, Predicate<String> bodiless) {

  /**
   * AWS KMS. Operations without output answer no body, those on key stores an empty object (spec
   * D.1).
   */
  public static final WireProtocol KMS =
      new WireProtocol(
          "TrentService", "kms", "message", operation -> !operation.endsWith("CustomKeyStore"));

  /** AWS CloudHSM v2. */
  public static final WireProtocol CLOUD_HSM_V2 =
      new WireProtocol("BaldrApiService", "cloudhsm", "Message", operation -> false);

  /** AWS CloudTrail. */
  public static final WireProtocol CLOUD_TRAIL =
      new WireProtocol(
          "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
          "cloudtrail",
          "Message",
          operation -> false);
}
