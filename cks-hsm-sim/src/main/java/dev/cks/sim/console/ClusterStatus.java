package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import java.util.List;

/** How {@code key_mgmt_util} ends a command: one code for all, and one for each node. */
final class ClusterStatus {
  private final List<Answer> answers;

  ClusterStatus(List<Answer> answers) {
    this.answers = answers;
  }

  /** For a change: success only if it was made on each node. */
  HsmReturn ofChange() {
    return answers.stream()
        .filter(answer -> !answer.ok())
        .map(Answer::result)
        .findFirst()
        .orElse(answers.isEmpty() ? HsmReturn.UNREACHABLE : HsmReturn.SUCCESS);
  }

  /** For a question: one node that answers it is enough. */
  HsmReturn ofQuestion() {
    return answers.stream().anyMatch(Answer::ok) ? HsmReturn.SUCCESS : ofChange();
  }

  String nodes() {
    StringBuilder text = new StringBuilder("\tCluster Error Status\n");
    answers.forEach(
        answer ->
            text.append(
                Numbers.format(
                    "\tNode id %d and err state 0x%08x : %s\n",
                    answer.number(), answer.result().code(), words(answer.result()))));
    return text.toString();
  }

  static String returned(String function, HsmReturn result) {
    return Numbers.format("\t%s returned: 0x%02x : %s\n", function, result.code(), words(result));
  }

  private static String words(HsmReturn result) {
    return (result == HsmReturn.SUCCESS ? "HSM Return: " : "HSM Error: ") + result.text();
  }
}
