package dev.cks.sim.console;

import dev.cks.domain.secret.SecretBytes;
import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.UserRules;
import dev.cks.sim.time.SeededStream;
import dev.cks.sim.user.Role;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code cloudhsm_mgmt_util}: logging in, and the changes that it asks back before making. */
final class MgmtUsers {
  private static final String CAUTION =
      """
      *************************CAUTION********************************
      This is a CRITICAL operation, should be done on all nodes in the
      cluster. AWS does NOT synchronize these changes automatically with the
      nodes on which this operation is not executed or failed, please
      ensure this operation is executed on all nodes in the cluster.
      ****************************************************************

      """;

  private static final String CONTINUE = "Do you want to continue(y/n)?";

  private final Terminal terminal;
  private final Servers servers;
  private final SeededStream salts;

  /** Somebody who is named on the command line. */
  private record Named(Role role, String name) {
    @Override
    public String toString() {
      return name + "(" + UserTypes.of(role) + ")";
    }
  }

  MgmtUsers(Terminal terminal, Servers servers, SeededStream salts) {
    this.terminal = terminal;
    this.servers = servers;
    this.salts = salts;
  }

  String login(List<String> arguments) {
    return withPassword(
        "loginHSM",
        arguments,
        (who, password) ->
            MgmtUtil.lines(
                "loginHSM",
                servers.change(
                    "log in as " + who.name,
                    node -> node.login(who.role, who.name, password, servers.session()))));
  }

  String logout() {
    return MgmtUtil.lines(
        "logoutHSM", servers.change("log out", node -> node.logout(servers.session())));
  }

  String create(List<String> arguments) {
    return withPassword(
        "createUser",
        arguments,
        (who, password) ->
            confirmed("Creating User " + who, "createUser", password, own -> create(who, own)));
  }

  private List<Answer> create(Named who, SecretBytes password) {
    byte[] salt = new byte[16];
    salts.fill(salt);
    return servers.change(
        "create user " + who.name,
        node -> node.createUser(servers.session(), who.name, who.role, password, salt));
  }

  String changePassword(List<String> arguments) {
    return withPassword(
        "changePswd",
        arguments,
        (who, password) ->
            confirmed(
                "Changing password for " + who,
                "changePswd",
                password,
                own ->
                    servers.change(
                        "change password of " + who.name,
                        node -> node.changePassword(servers.session(), who.role, who.name, own))));
  }

  String delete(List<String> arguments) {
    Named who = arguments.size() == 2 ? named(arguments) : null;
    return who == null
        ? "usage: deleteUser <user-type> <user-name>\n"
        : CAUTION
            + confirm(
                () ->
                    execute(
                        "Deleting user " + who,
                        "deleteUser",
                        servers.change(
                            "delete user " + who.name,
                            node -> node.deleteUser(servers.session(), who.role, who.name))));
  }

  /** What is done with a user and a password, which ends with the call. */
  private interface Use {
    String with(Named who, SecretBytes password);
  }

  private String withPassword(String command, List<String> arguments, Use use) {
    Named who = arguments.size() == 3 ? named(arguments) : null;
    if (who == null) {
      return "usage: "
          + command
          + " <user-type> <user-name> <password | -hpswd>\n"
          + "  user-type: PRECO, CO, CU or AU; user-name: at most 31 alphanumeric characters and"
          + " underscores\n";
    }
    return arguments.get(2).equals("-hpswd")
        ? terminal.askHidden("Enter password:", typed -> use(who, typed, use))
        : use(who, arguments.get(2), use);
  }

  private static String use(Named who, String typed, Use use) {
    try (SecretBytes password = SecretBytes.ofText(typed)) {
      return use.with(who, password);
    }
  }

  private String confirmed(
      String doing,
      String command,
      SecretBytes password,
      Function<SecretBytes, List<Answer>> work) {
    SecretBytes own = password.copy();
    return CAUTION
        + confirm(
            () -> {
              try (own) {
                return execute(doing, command, work.apply(own));
              }
            });
  }

  private String confirm(Supplier<String> work) {
    return terminal.ask(
        CONTINUE,
        answer ->
            switch (answer.strip()) {
              case "y", "Y" -> work.get();
              case "n", "N" -> "The operation was not executed.\n";
              default -> confirm(work);
            });
  }

  private static String execute(String doing, String command, List<Answer> answers) {
    long connected =
        answers.stream().filter(answer -> answer.result() != HsmReturn.UNREACHABLE).count();
    return doing + " on " + connected + " nodes\n" + MgmtUtil.lines(command, answers);
  }

  private static @Nullable Named named(List<String> arguments) {
    Role role = UserTypes.parse(arguments.get(0));
    String name = arguments.get(1);
    return role == null || !UserRules.isName(name) ? null : new Named(role, name);
  }
}
