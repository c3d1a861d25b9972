package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.time.SeededStream;
import java.util.List;
import java.util.Locale;

/** CloudHSM CLI in its interactive mode. */
final class CloudHsmCli extends Terminal {
  private static final String HELP =
      """
      Commands:
        cluster activate             set the first admin's password
        cluster hsm-info             show the HSMs
        login, logout                begin and end a login
        user create                  create a user
        user delete                  delete a user
        user change-password         set a password
        user list                    list the users
        key list                     list keys
        key delete                   delete a key
        key generate-symmetric aes   generate an AES key
        help                         show this
        quit                         leave
      """;

  private final Servers servers;
  private final CliUsers users;
  private final CliKeys keys;

  CloudHsmCli(Servers servers, SeededStream salts) {
    this.servers = servers;
    this.users = new CliUsers(this, servers, salts);
    this.keys = new CliKeys(servers);
  }

  @Override
  String execute(List<String> words) {
    return switch (words.get(0)) {
      case "login" -> users.login(words.subList(1, words.size()));
      case "logout" -> users.logout();
      case "help" -> HELP;
      case "quit", "exit" -> quit();
      default -> subcommand(words);
    };
  }

  private String subcommand(List<String> words) {
    String first = words.get(0) + " " + (words.size() > 1 ? words.get(1) : "");
    List<String> arguments = words.subList(Math.min(2, words.size()), words.size());
    return switch (first) {
      case "user list" -> users.list();
      case "user create" -> users.create(arguments);
      case "user delete" -> users.delete(arguments);
      case "user change-password" -> users.changePassword(arguments);
      case "key list" -> keys.list(arguments);
      case "key delete" -> keys.delete(arguments);
      case "key generate-symmetric" -> keys.generate(arguments);
      case "cluster activate" -> users.activate(arguments);
      case "cluster hsm-info", "cluster info" -> hsmInfo();
      default -> CliReply.error("Unknown command, type help for a list of commands");
    };
  }

  private String hsmInfo() {
    return CliReply.data(
        CliReply.object("hsms", servers.reachable().stream().map(CloudHsmCli::hsm).toList()));
  }

  private static Object hsm(Answer answer) {
    return CliReply.object(
        "hsm-id", answer.node().id(),
        "ip-address", answer.node().address(),
        "availability-zone", answer.node().zone(),
        "state",
            answer.ok() ? answer.node().state().name().toLowerCase(Locale.ROOT) : "unreachable",
        "key-count", answer.ok() ? answer.node().keyCount() : 0);
  }

  @Override
  String unbalanced() {
    return CliReply.error("A quote is not closed");
  }

  @Override
  void leaving() {
    servers.disconnect();
  }

  private String quit() {
    close();
    return "\n";
  }
}
