package dev.cks.aws.doctor;

/** Where a command of a manual step is typed. */
public enum Tool {
  /** A shell on a computer that has CloudHSM's tools. */
  SHELL("$"),
  /** The AWS CLI, with the rights of the network's owner. */
  AWS_CLI("$"),
  /** CloudHSM CLI of Client SDK 5, in its interactive mode. */
  CLOUDHSM_CLI("cloudhsm >"),
  /** {@code cloudhsm_mgmt_util} of Client SDK 3. */
  CLOUDHSM_MGMT_UTIL("aws-cloudhsm >"),
  /** {@code key_mgmt_util} of Client SDK 3. */
  KEY_MGMT_UTIL("Command:");

  private final String prompt;

  Tool(String prompt) {
    this.prompt = prompt;
  }

  /** What stands before the command. */
  public String prompt() {
    return prompt;
  }
}
