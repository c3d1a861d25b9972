package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The two shapes in which CloudHSM CLI answers. */
final class CliReply {
  private CliReply() {}

  static String data(Object data) {
    return Json.write(object("error_code", 0, "data", data));
  }

  static String error(String text) {
    return Json.write(object("error_code", 1, "data", text));
  }

  /** Success only if the change was made on each HSM; else says where it was not, and why. */
  static String ofChange(List<Answer> answers, Object data) {
    List<Answer> failed = answers.stream().filter(answer -> !answer.ok()).toList();
    if (answers.isEmpty()) {
      return error(HsmReturn.UNREACHABLE.text());
    }
    if (failed.isEmpty()) {
      return data(data);
    }
    HsmReturn first = failed.get(0).result();
    if (failed.size() == answers.size()
        && failed.stream().allMatch(answer -> answer.result() == first)) {
      return error(first.text());
    }
    return error(
        "The operation failed on "
            + failed.size()
            + " of "
            + answers.size()
            + " HSMs: "
            + failed.stream()
                .map(answer -> answer.node().address() + ": " + answer.result().text())
                .collect(Collectors.joining("; ")));
  }

  /** Key, value, key, value, … in this order. */
  static Map<String, Object> object(Object... pairs) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(pairs[i].toString(), pairs[i + 1]);
    }
    return object;
  }
}
