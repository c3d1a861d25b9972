package dev.cks.domain.key;

/** The account and Region a resource lives in: everything of an ARN before its last part. */
public record AccountRegion(String partition, String region, String accountId) {

  /** {@code arn:<partition>:kms:<region>:<account>:}, what each ARN here begins with. */
  public String arnPrefix() {
    return "arn:" + partition + ":kms:" + region + ":" + accountId + ":";
  }

  /** The ARN of the account's root user. */
  public String rootArn() {
    return "arn:" + partition + ":iam::" + accountId + ":root";
  }
}
