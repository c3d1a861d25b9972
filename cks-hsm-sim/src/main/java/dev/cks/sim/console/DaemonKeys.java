package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyAttribute;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.hsm.KeyTemplate;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code key_mgmt_util}: what can be done with keys. */
final class DaemonKeys {
  private static final int AES = 31;

  private final Servers servers;

  DaemonKeys(Servers servers) {
    this.servers = servers;
  }

  String find(List<String> arguments) {
    Options options =
        Options.parse(
            arguments, Set.of("-c", "-t", "-l", "-id", "-sess", "-u", "-m", "-kcv"), Set.of());
    KeyFilter filter = options == null ? null : filter(options);
    if (filter == null) {
      return usage(
          "findKey [-c <class>] [-t <type>] [-l <label>] [-id <id>] [-sess (0/1)]"
              + " [-u <user ids>] [-m <modulus>] [-kcv <check value>]");
    }
    List<Answer> answers =
        servers.ask(
            node ->
                node.userOf(servers.session()) == null
                    ? HsmReturn.NOT_LOGGED_IN
                    : HsmReturn.SUCCESS);
    return "\n" + found(answers, filter) + KeyMgmtUtil.question("Cfm3FindKey", answers);
  }

  private String found(List<Answer> answers, KeyFilter filter) {
    if (answers.stream().noneMatch(Answer::ok)) {
      return "";
    }
    List<KeyObject> matching = servers.keys(filter.toPredicate());
    return "\tTotal number of keys present "
        + servers.keys(key -> true).size()
        + "\n\n\t number of keys matched from start index 0::"
        + matching.size()
        + "\n\t"
        + matching.stream()
            .map(key -> Integer.toString(key.handle()))
            .collect(Collectors.joining(", "))
        + "\n\n";
  }

  /** Null if a value has the wrong type. */
  private @Nullable KeyFilter filter(Options options) {
    if (options.isMistyped("-c") || options.isMistyped("-t") || options.isMistyped("-sess")) {
      return null;
    }
    KeyFilter filter = new KeyFilter();
    require(filter, KeyAttribute.CLASS, options.text("-c"));
    require(filter, KeyAttribute.KEY_TYPE, options.text("-t"));
    require(filter, KeyAttribute.LABEL, options.text("-l"));
    require(filter, KeyAttribute.ID, options.text("-id"));
    require(filter, KeyAttribute.MODULUS, options.text("-m"));
    require(filter, KeyAttribute.KCV, options.text("-kcv"));
    String session = options.text("-sess");
    if (session != null) {
      require(filter, KeyAttribute.TOKEN, session.equals("1") ? "0" : "1");
    }
    return requireUsers(filter, options.text("-u")) ? filter : null;
  }

  private static void require(KeyFilter filter, KeyAttribute attribute, @Nullable String value) {
    if (value != null) {
      filter.require(attribute, value);
    }
  }

  /** There is no sharing, so the users of a key are its owner. */
  private boolean requireUsers(KeyFilter filter, @Nullable String ids) {
    if (ids == null) {
      return true;
    }
    List<OptionalInt> numbers = List.of(ids.split(",", -1)).stream().map(Numbers::parse).toList();
    if (numbers.isEmpty() || numbers.stream().anyMatch(OptionalInt::isEmpty)) {
      return false;
    }
    filter.requireOwner(
        servers.reachable().stream()
            .filter(Answer::ok)
            .flatMap(answer -> answer.node().users().stream())
            .filter(user -> numbers.contains(OptionalInt.of(user.id())))
            .map(user -> user.name())
            .toList());
    return true;
  }

  String attribute(List<String> arguments) {
    Options options = Options.parse(arguments, Set.of("-o", "-a", "-out"), Set.of());
    if (options == null || options.number("-o").isEmpty() || options.number("-a").isEmpty()) {
      return usage("getAttribute -o <object handle> -a <attribute> [-out <file>]");
    }
    int handle = options.number("-o").getAsInt();
    List<Answer> answers = servers.ask(node -> node.access(servers.session(), handle));
    HsmReturn result = new ClusterStatus(answers).ofQuestion();
    String text = attribute(answers, handle, options.number("-a").getAsInt());
    if (text == null && result == HsmReturn.SUCCESS) {
      result = HsmReturn.NO_SUCH_ATTRIBUTE;
    }
    return "\n"
        + (text == null ? "" : text + "\n")
        + ClusterStatus.returned("Cfm3GetAttribute", result);
  }

  private static @Nullable String attribute(List<Answer> answers, int handle, int number) {
    for (Answer answer : answers) {
      KeyObject key = answer.ok() ? answer.node().key(handle) : null;
      if (key != null) {
        return AttributeText.of(key, number);
      }
    }
    return null;
  }

  String delete(List<String> arguments) {
    Options options = Options.parse(arguments, Set.of("-k"), Set.of());
    if (options == null || options.number("-k").isEmpty()) {
      return usage("deleteKey -k <key handle>");
    }
    int handle = options.number("-k").getAsInt();
    return KeyMgmtUtil.change("Cfm3DeleteKey", servers.destroy(handle));
  }

  String generate(List<String> arguments) {
    Options options = Options.parse(arguments, Set.of("-t", "-s", "-l"), Set.of("-nex", "-sess"));
    String label = options == null ? null : options.text("-l");
    if (options == null
        || label == null
        || options.number("-t").isEmpty()
        || options.number("-s").isEmpty()) {
      return usage("genSymKey -t <key type> -s <key size> -l <label> [-nex] [-sess]");
    }
    int bytes = options.number("-s").getAsInt();
    if (options.number("-t").getAsInt() != AES || (bytes != 16 && bytes != 24 && bytes != 32)) {
      return "\n\tError: only AES keys (type 31) of 16, 24 or 32 bytes can be generated here.\n";
    }
    return generate(new KeyTemplate(label, bytes, !options.has("-sess"), !options.has("-nex")));
  }

  private String generate(KeyTemplate template) {
    KeyMaker.Made made = new KeyMaker(servers).make(template, 1);
    ClusterStatus status = new ClusterStatus(made.answers());
    KeyObject key = made.key();
    HsmReturn result = key == null ? status.ofChange() : HsmReturn.SUCCESS;
    return "\n"
        + ClusterStatus.returned("Cfm3GenerateSymmetricKey", result)
        + "\n"
        + (key == null ? "" : "\tSymmetric Key Created.  Key Handle: " + key.handle() + "\n\n")
        + status.nodes();
  }

  static String usage(String text) {
    return "\n\tError: an option is missing, unknown or invalid.\n\tusage: " + text + "\n";
  }
}
