package dev.cks.sim.console;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.user.Role;
import dev.cks.sim.user.UserView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** CloudHSM CLI: logins and users. */
final class CliUsers {
  private static final Set<String> WHO = Set.of("--username", "--role");
  private static final Set<String> WHO_AND_PASSWORD = Set.of("--username", "--role", "--password");

  private final Terminal terminal;
  private final Servers servers;
  private final SeededStream salts;

  /** Somebody who is named on the command line; the tool writes names in lower case. */
  private record Named(Role role, String name) {
    Map<String, Object> data() {
      return CliReply.object("username", name, "role", roleName(role));
    }
  }

  CliUsers(Terminal terminal, Servers servers, SeededStream salts) {
    this.terminal = terminal;
    this.servers = servers;
    this.salts = salts;
  }

  String login(List<String> arguments) {
    return withPassword(arguments, 1, this::login);
  }

  /** HSMs that cannot be reached are left out; if any of the others refuses, nobody is in. */
  private String login(Named who, SecretBytes password) {
    List<Answer> answers =
        servers.change(
            "log in as " + who.name,
            node -> node.login(who.role, who.name, password, servers.session()));
    List<Answer> reached =
        answers.stream().filter(answer -> answer.result() != HsmReturn.UNREACHABLE).toList();
    boolean elsewhere =
        reached.stream().anyMatch(answer -> answer.result() == HsmReturn.ALREADY_LOGGED_IN);
    if (!elsewhere && !reached.stream().allMatch(Answer::ok)) {
      servers.disconnect();
    }
    return CliReply.ofChange(reached, who.data());
  }

  String logout() {
    UserView user = servers.user();
    if (user == null) {
      return CliReply.error(HsmReturn.NOT_LOGGED_IN.text());
    }
    servers.disconnect();
    return CliReply.data(new Named(user.role(), user.name()).data());
  }

  String create(List<String> arguments) {
    return withPassword(
        arguments,
        2,
        (who, password) -> {
          byte[] salt = new byte[16];
          salts.fill(salt);
          return CliReply.ofChange(
              servers.change(
                  "create user " + who.name,
                  node -> node.createUser(servers.session(), who.name, who.role, password, salt)),
              who.data());
        });
  }

  String changePassword(List<String> arguments) {
    return withPassword(
        arguments,
        2,
        (who, password) ->
            CliReply.ofChange(
                servers.change(
                    "change password of " + who.name,
                    node -> node.changePassword(servers.session(), who.role, who.name, password)),
                who.data()));
  }

  String delete(List<String> arguments) {
    Named who = named(CliOptions.parse(arguments, WHO));
    return who == null
        ? usage()
        : CliReply.ofChange(
            servers.change(
                "delete user " + who.name,
                node -> node.deleteUser(servers.session(), who.role, who.name)),
            who.data());
  }

  String activate(List<String> arguments) {
    CliOptions options = CliOptions.parse(arguments, Set.of("--password"));
    if (options == null || (options.has("--password") && options.one("--password") == null)) {
      return CliReply.error("Usage: cluster activate [--password <PASSWORD>]");
    }
    return password(
        options,
        2,
        password ->
            CliReply.ofChange(
                servers.change("activate the cluster", node -> node.activate(password)),
                "Cluster activation successful"));
  }

  String list() {
    List<UserView> all = new ArrayList<>();
    List<Answer> reached = servers.reachable().stream().filter(Answer::ok).toList();
    reached.forEach(answer -> all.addAll(answer.node().users()));
    if (reached.isEmpty()) {
      return CliReply.error(HsmReturn.UNREACHABLE.text());
    }
    Map<String, List<UserView>> byName = new TreeMap<>();
    all.forEach(
        user ->
            byName
                .computeIfAbsent(user.name() + " " + user.role(), name -> new ArrayList<>())
                .add(user));
    return CliReply.data(
        CliReply.object(
            "users",
            byName.values().stream()
                .sorted(Comparator.comparingInt(views -> views.get(0).id()))
                .map(views -> user(views, reached.size()))
                .toList()));
  }

  private static Object user(List<UserView> views, int nodes) {
    long locked = views.stream().filter(UserView::locked).count();
    return CliReply.object(
        "username", views.get(0).name(),
        "role", roleName(views.get(0).role()),
        "locked", locked == 0 ? "false" : locked == views.size() ? "true" : "inconsistent",
        "mfa", List.of(),
        "cluster-coverage", views.size() == nodes ? "full" : "inconsistent");
  }

  /** What is done with a user and a password, which ends with the call. */
  private interface Use {
    String with(Named who, SecretBytes password);
  }

  private String withPassword(List<String> arguments, int times, Use use) {
    CliOptions options = CliOptions.parse(arguments, WHO_AND_PASSWORD);
    Named who = named(options);
    if (options == null
        || who == null
        || (options.has("--password") && options.one("--password") == null)) {
      return usage();
    }
    return password(options, times, password -> use.with(who, password));
  }

  /** The password of the command line, or else asked for so many times. */
  private String password(CliOptions options, int times, Function<SecretBytes, String> use) {
    String given = options.one("--password");
    if (given != null) {
      return use(given, use);
    }
    return terminal.askHidden(
        "Enter password:",
        typed ->
            times == 1
                ? use(typed, use)
                : terminal.askHidden(
                    "Confirm password:",
                    again ->
                        again.equals(typed)
                            ? use(typed, use)
                            : CliReply.error("The passwords do not match")));
  }

  private static String use(String typed, Function<SecretBytes, String> use) {
    try (SecretBytes password = SecretBytes.ofText(typed)) {
      return use.apply(password);
    }
  }

  private static String usage() {
    return CliReply.error(
        "An option is missing, unknown or invalid: --username <USERNAME>"
            + " --role <admin | crypto-user> [--password <PASSWORD>]");
  }

  private static @Nullable Named named(@Nullable CliOptions options) {
    String name = options == null ? null : options.one("--username");
    Role role = options == null ? null : role(String.valueOf(options.one("--role")));
    return name == null || role == null ? null : new Named(role, name.toLowerCase(Locale.ROOT));
  }

  private static @Nullable Role role(String text) {
    return switch (text) {
      case "admin" -> Role.ADMIN;
      case "crypto-user" -> Role.CRYPTO_USER;
      default -> null;
    };
  }

  private static String roleName(Role role) {
    return switch (role) {
      case UNACTIVATED_ADMIN -> "unactivated-admin";
      case ADMIN -> "admin";
      case CRYPTO_USER -> "crypto-user";
      case APPLIANCE_USER -> "internal(APPLIANCE_USER)";
    };
  }
}
