package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmNode;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.user.UserView;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** {@code cloudhsm_mgmt_util}: what anybody and everybody asks. */
final class MgmtUtil extends Terminal {
  private static final String HELP =
      """
      Commands:
        loginHSM     <user-type> <user-name> <password | -hpswd>   log in to each server
        logoutHSM                                                  log out of each server
        createUser   <user-type> <user-name> <password | -hpswd>   create a user
        deleteUser   <user-type> <user-name>                       delete a user
        changePswd   <user-type> <user-name> <password | -hpswd>   set a password
        listUsers                                                  list the users of each server
        findAllKeys  <user id> <key hash (0/1)>                    list a user's key handles
        getAttribute <object handle> <attribute number>            show an attribute of a key
        info         server <number>                               show a connection
        help                                                       show this
        quit                                                       leave
      """;

  private final Servers servers;
  private final MgmtUsers users;

  MgmtUtil(Servers servers, SeededStream salts) {
    this.servers = servers;
    this.users = new MgmtUsers(this, servers, salts);
  }

  @Override
  String execute(List<String> words) {
    List<String> arguments = words.subList(1, words.size());
    return switch (words.get(0)) {
      case "loginHSM" -> users.login(arguments);
      case "logoutHSM" -> users.logout();
      case "createUser" -> users.create(arguments);
      case "deleteUser" -> users.delete(arguments);
      case "changePswd" -> users.changePassword(arguments);
      case "listUsers" -> listUsers();
      case "findAllKeys" -> findAllKeys(arguments);
      case "getAttribute" -> getAttribute(arguments);
      case "info" -> info(arguments);
      case "help" -> HELP;
      case "quit", "exit" -> quit();
      default -> "Unknown command. Type help for a list of commands.\n";
    };
  }

  @Override
  String unbalanced() {
    return "Error: a quote is not closed.\n";
  }

  @Override
  void leaving() {
    servers.disconnect();
  }

  private String quit() {
    close();
    return "disconnecting from servers, please wait...\n";
  }

  /** One line for each server, as most commands end. */
  static String lines(String command, List<Answer> answers) {
    return answers.stream().map(answer -> line(command, answer)).collect(Collectors.joining());
  }

  static String line(String command, Answer answer) {
    return answer.ok()
        ? command + " success on " + answer.server() + "\n"
        : command
            + " failed on "
            + answer.server()
            + ": HSM Error: "
            + answer.result().text()
            + "\n";
  }

  private String listUsers() {
    return servers.reachable().stream()
        .map(answer -> answer.ok() ? users(answer) : line("listUsers", answer))
        .collect(Collectors.joining());
  }

  private static String users(Answer answer) {
    List<UserView> views = answer.node().users();
    StringBuilder text = new StringBuilder("Users on " + answer.server() + ":\n");
    text.append("Number of users found:").append(views.size()).append("\n\n");
    text.append(UserTypes.HEADING);
    views.forEach(view -> text.append(UserTypes.row(view)));
    return text.append('\n').toString();
  }

  private String findAllKeys(List<String> arguments) {
    OptionalInt user =
        arguments.size() == 2 ? Numbers.parse(arguments.get(0)) : OptionalInt.empty();
    if (user.isEmpty() || !arguments.get(1).matches("[01]")) {
      return "usage: findAllKeys <user id> <key hash (0/1)>\n";
    }
    return servers.ask(node -> node.accessToHandles(servers.session(), user.getAsInt())).stream()
        .map(answer -> answer.ok() ? keys(answer, user.getAsInt()) : line("findAllKeys", answer))
        .collect(Collectors.joining());
  }

  private static String keys(Answer answer, int userId) {
    List<String> handles =
        answer.node().users().stream()
            .filter(user -> user.id() == userId)
            .flatMap(user -> answer.node().keysOwnedBy(user.name()).stream())
            .map(key -> Integer.toString(key.handle()))
            .toList();
    return "Keys on "
        + answer.server()
        + ":\n"
        + "Number of keys found "
        + handles.size()
        + "\n"
        + "number of keys matched from start index 0::"
        + handles.size()
        + "\n"
        + String.join(",", handles)
        + "\n"
        + line("findAllKeys", answer);
  }

  private String getAttribute(List<String> arguments) {
    OptionalInt handle =
        arguments.size() == 2 ? Numbers.parse(arguments.get(0)) : OptionalInt.empty();
    OptionalInt number = handle.isEmpty() ? handle : Numbers.parse(arguments.get(1));
    if (handle.isEmpty() || number.isEmpty()) {
      return "usage: getAttribute <object handle> <attribute number (512 for all)>\n";
    }
    return servers.ask(node -> node.access(servers.session(), handle.getAsInt())).stream()
        .map(answer -> attribute(answer, handle.getAsInt(), number.getAsInt()))
        .collect(Collectors.joining());
  }

  private static String attribute(Answer answer, int handle, int number) {
    KeyObject key = answer.ok() ? answer.node().key(handle) : null;
    if (key == null) {
      return line("getAttribute", answer);
    }
    String text = AttributeText.of(key, number);
    return text == null
        ? line(
            "getAttribute", new Answer(answer.number(), answer.node(), HsmReturn.NO_SUCH_ATTRIBUTE))
        : "Attribute Value on " + answer.server() + ":\n" + text;
  }

  private String info(List<String> arguments) {
    OptionalInt wanted =
        arguments.size() == 2 && arguments.get(0).equals("server")
            ? Numbers.parse(arguments.get(1))
            : OptionalInt.empty();
    if (wanted.isEmpty()) {
      return "usage: info server <number>\n";
    }
    return servers.reachable().stream()
        .filter(answer -> answer.number() == wanted.getAsInt())
        .findFirst()
        .map(this::info)
        .orElse("Error: no such server. Servers are numbered from 0.\n");
  }

  private String info(Answer answer) {
    HsmNode node = answer.node();
    UserView user = answer.ok() ? node.userOf(servers.session()) : null;
    String format = "%-8s%-24s%-17s%-7s%-16s%-18s%s\n";
    return Numbers.format(
            format, "Id", "Name", "Hostname", "Port", "State", "Partition", "LoginState")
        + Numbers.format(
            format,
            answer.number(),
            node.address(),
            node.address(),
            "2225",
            answer.ok() ? "Connected" : "Disconnected",
            node.id(),
            user == null
                ? "Not Logged In"
                : "Logged in as '" + user.name() + "(" + UserTypes.of(user.role()) + ")'");
  }
}
