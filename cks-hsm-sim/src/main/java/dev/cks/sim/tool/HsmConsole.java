package dev.cks.sim.tool;

/**
 * One of CloudHSM's command-line tools, started and waiting for commands, so that a runbook can be
 * replayed as written. It keeps its login from one command to the next. Commands reach the HSMs
 * that can be reached; nothing is made up for the others later (spec F.3).
 *
 * <p>Never throws for what was typed, and never repeats a password. The texts that AWS documents
 * are theirs; the others have the same shape. The same seed and the same commands give the same
 * text. Thread-safe: commands run one at a time.
 */
public interface HsmConsole extends AutoCloseable {

  /** Which tool. */
  enum Dialect {
    /** {@code cloudhsm_mgmt_util} of Client SDK 3: users; its prompt is {@code aws-cloudhsm>}. */
    CLOUDHSM_MGMT_UTIL,
    /** {@code key_mgmt_util} of Client SDK 3: keys; its prompt is {@code Command:}. */
    KEY_MGMT_UTIL,
    /** CloudHSM CLI of Client SDK 5, which answers in JSON. */
    CLOUDHSM_CLI
  }

  /**
   * Types a line, without the prompt. If the tool asks something back, for example {@code Do you
   * want to continue(y/n)?}, the next line answers it, in the same call or the next one.
   *
   * @param commandLine one line, or several
   * @return what the tool prints, ending with a newline
   */
  String run(String commandLine);

  /**
   * Leaves the tool, as {@code quit} and {@code exit} do. {@code cloudhsm_mgmt_util} and CloudHSM
   * CLI have connections of their own, so that their login ends. {@code key_mgmt_util} logs in
   * through the client daemon, which goes on running: whoever forgets {@code logoutHSM} stays
   * logged in, and KMS cannot connect ({@code USER_LOGGED_IN}), until {@code logoutHSM} in a newly
   * started {@code key_mgmt_util} of the same cluster.
   */
  @Override
  void close();
}
