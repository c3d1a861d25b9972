package dev.cks.sim.console;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyAttribute;
import dev.cks.sim.hsm.UserRules;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code key_mgmt_util}: logs in through the client daemon, whose login outlives the tool. */
final class KeyMgmtUtil extends Terminal {
  private static final String HELP =
      """
      Commands:
        loginHSM        log in to the cluster
        logoutHSM       log out of the cluster
        findKey         find keys by their attributes
        getAttribute    show attributes of a key
        genSymKey       generate a symmetric key
        deleteKey       delete a key
        listUsers       list the users
        listAttributes  list the attributes and their constants
        help            show this
        exit            leave
      """;

  private final Servers servers;
  private final DaemonKeys keys;

  KeyMgmtUtil(Servers daemon) {
    this.servers = daemon;
    this.keys = new DaemonKeys(daemon);
  }

  @Override
  String execute(List<String> words) {
    List<String> arguments = words.subList(1, words.size());
    return switch (words.get(0)) {
      case "loginHSM" -> login(arguments);
      case "logoutHSM" ->
          change("Cfm3LogoutHSM", servers.change("log out", n -> n.logout(servers.session())));
      case "findKey" -> keys.find(arguments);
      case "getAttribute" -> keys.attribute(arguments);
      case "genSymKey" -> keys.generate(arguments);
      case "deleteKey" -> keys.delete(arguments);
      case "listUsers" -> listUsers();
      case "listAttributes" -> listAttributes();
      case "help" -> HELP;
      case "exit", "quit" -> exit();
      default -> "\n\tError: unknown command. Type help for a list of commands.\n";
    };
  }

  @Override
  String unbalanced() {
    return "\n\tError: a quote is not closed.\n";
  }

  /** The daemon keeps the login. */
  @Override
  void leaving() {}

  private String exit() {
    close();
    return "\n";
  }

  static String change(String function, List<Answer> answers) {
    ClusterStatus status = new ClusterStatus(answers);
    return "\n" + ClusterStatus.returned(function, status.ofChange()) + "\n" + status.nodes();
  }

  private String login(List<String> arguments) {
    Options options = Options.parse(arguments, Set.of("-u", "-s", "-p"), Set.of("-hpswd"));
    Role role = options == null ? null : UserTypes.parse(String.valueOf(options.text("-u")));
    String name = options == null ? null : options.text("-s");
    if (options == null
        || role == null
        || name == null
        || options.has("-p") == options.has("-hpswd")) {
      return DaemonKeys.usage("loginHSM -u <user type> -s <username> {-p <password> | -hpswd}");
    }
    String password = options.text("-p");
    return password == null
        ? askHidden("Enter password:", typed -> login(role, name, typed))
        : login(role, name, password);
  }

  /** Other users have nothing to do here; the tool does not even ask the cluster. */
  private String login(Role role, String name, String typed) {
    if (role != Role.CRYPTO_USER || !UserRules.isName(name)) {
      return "\n" + ClusterStatus.returned("Cfm3LoginHSM", HsmReturn.NO_SUCH_USER);
    }
    try (SecretBytes password = SecretBytes.ofText(typed)) {
      return change(
          "Cfm3LoginHSM",
          servers.change(
              "log in as " + name, node -> node.login(role, name, password, servers.session())));
    }
  }

  private String listUsers() {
    List<Answer> answers = servers.reachable();
    Map<String, UserView> users = new TreeMap<>();
    answers.stream()
        .filter(Answer::ok)
        .forEach(a -> a.node().users().forEach(user -> users.putIfAbsent(user.name(), user)));
    StringBuilder text = new StringBuilder("\n\tNumber Of Users found " + users.size() + "\n\n");
    text.append(UserTypes.HEADING);
    users.values().stream()
        .sorted((one, other) -> Integer.compare(one.id(), other.id()))
        .forEach(user -> text.append(UserTypes.row(user)));
    return text.append('\n').append(question("Cfm3ListUsers", answers)).toString();
  }

  static String question(String function, List<Answer> answers) {
    ClusterStatus status = new ClusterStatus(answers);
    return status.nodes() + "\n" + ClusterStatus.returned(function, status.ofQuestion());
  }

  private static String listAttributes() {
    StringBuilder text = new StringBuilder("\n\tAttributes and their constants:\n");
    for (KeyAttribute attribute : KeyAttribute.values()) {
      text.append(Numbers.format("\t%-32s= %d\n", attribute.label(), attribute.number()));
    }
    return text.append(Numbers.format("\t%-32s= %d\n", "OBJ_ATTR_ALL", KeyAttribute.ALL))
        .toString();
  }
}
