package dev.cks.sim.console;

import dev.cks.sim.console.Servers.Answer;
import dev.cks.sim.hsm.HsmReturn;
import dev.cks.sim.hsm.KeyObject;
import dev.cks.sim.hsm.KeyTemplate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CloudHSM CLI: keys. */
final class CliKeys {
  private static final int PAGE = 10;

  private final Servers servers;

  CliKeys(Servers servers) {
    this.servers = servers;
  }

  String list(List<String> arguments) {
    CliOptions options =
        CliOptions.parse(
            arguments, Set.of("--filter", "--verbose", "--max-items", "--starting-token"));
    KeyFilter filter = options == null ? null : CliFilter.parse(options.all("--filter"));
    if (options == null || filter == null) {
      return CliReply.error(
          "Usage: key list [--filter key-reference=0x<HEX> | attr.<NAME>=<VALUE> ...]"
              + " [--max-items <COUNT>] [--starting-token <TOKEN>] [--verbose]");
    }
    OptionalInt items = number(options, "--max-items", PAGE);
    OptionalInt start = number(options, "--starting-token", 0);
    if (items.isEmpty() || items.getAsInt() == 0 || start.isEmpty()) {
      return CliReply.error("--max-items and --starting-token must be numbers");
    }
    if (servers.user() == null) {
      return CliReply.error(HsmReturn.NOT_LOGGED_IN.text());
    }
    return page(
        servers.keys(filter.toPredicate()),
        start.getAsInt(),
        items.getAsInt(),
        options.has("--verbose"));
  }

  private static OptionalInt number(CliOptions options, String name, int otherwise) {
    return options.has(name)
        ? Numbers.parse(String.valueOf(options.one(name)))
        : OptionalInt.of(otherwise);
  }

  private String page(List<KeyObject> keys, int start, int items, boolean verbose) {
    int from = Math.min(start, keys.size());
    int to = from + Math.min(items, keys.size() - from);
    Map<String, Object> data =
        CliReply.object(
            "matched_keys",
            keys.subList(from, to).stream().map(key -> verbose ? full(key) : brief(key)).toList(),
            "total_key_count",
            keys.size(),
            "returned_key_count",
            to - from);
    if (to < keys.size()) {
      data.put("next_token", Integer.toString(to));
    }
    return CliReply.data(data);
  }

  private static Object brief(KeyObject key) {
    return CliReply.object(
        "key-reference", reference(key), "attributes", CliReply.object("label", key.label()));
  }

  private Object full(KeyObject key) {
    List<Answer> reached = servers.reachable().stream().filter(Answer::ok).toList();
    boolean everywhere =
        reached.stream().allMatch(answer -> answer.node().key(key.handle()) != null);
    String coverage = everywhere ? "full" : "inconsistent";
    return CliReply.object(
        "key-reference",
        reference(key),
        "key-info",
        CliReply.object(
            "key-owners",
            List.of(CliReply.object("username", key.owner(), "key-coverage", coverage)),
            "shared-users",
            List.of(),
            "cluster-coverage",
            coverage),
        "attributes",
        CliFilter.attributes(key));
  }

  private static String reference(KeyObject key) {
    return Numbers.format("0x%016x", key.handle());
  }

  String delete(List<String> arguments) {
    CliOptions options = CliOptions.parse(arguments, Set.of("--filter"));
    KeyFilter filter = options == null ? null : CliFilter.parse(options.all("--filter"));
    if (options == null || filter == null || options.all("--filter").isEmpty()) {
      return CliReply.error(
          "Usage: key delete --filter key-reference=0x<HEX> | attr.<NAME>=<VALUE> ...");
    }
    if (servers.user() == null) {
      return CliReply.error(HsmReturn.NOT_LOGGED_IN.text());
    }
    List<KeyObject> keys = servers.keys(filter.toPredicate());
    if (keys.size() != 1) {
      return CliReply.error(
          keys.isEmpty()
              ? "No key of this user matches the filter"
              : "The filter matches " + keys.size() + " keys, narrow it to a single one");
    }
    int handle = keys.get(0).handle();
    return CliReply.ofChange(
        servers.destroy(handle), CliReply.object("message", "Key deleted successfully"));
  }

  String generate(List<String> arguments) {
    KeyTemplate template =
        arguments.isEmpty() || !arguments.get(0).equals("aes")
            ? null
            : template(arguments.subList(1, arguments.size()));
    return template == null
        ? CliReply.error(
            "Usage: key generate-symmetric aes --label <LABEL> --key-length-bytes <16 | 24 | 32>"
                + " [--attributes extractable=<true | false>] [--session]")
        : generate(template);
  }

  private static @Nullable KeyTemplate template(List<String> words) {
    CliOptions options =
        CliOptions.parse(
            words, Set.of("--label", "--key-length-bytes", "--attributes", "--session"));
    String label = options == null ? null : options.one("--label");
    String bytes = options == null ? null : options.one("--key-length-bytes");
    if (options == null
        || label == null
        || bytes == null
        || !Set.of("16", "24", "32").contains(bytes)
        || !Set.of("extractable=true", "extractable=false")
            .containsAll(options.all("--attributes"))) {
      return null;
    }
    boolean extractable = !options.all("--attributes").contains("extractable=false");
    return new KeyTemplate(label, Integer.parseInt(bytes), !options.has("--session"), extractable);
  }

  private String generate(KeyTemplate template) {
    int minimum = servers.fleet().quorum();
    KeyMaker.Made made = new KeyMaker(servers).make(template, minimum);
    KeyObject key = made.key();
    if (key != null) {
      return CliReply.data(CliReply.object("key", full(key)));
    }
    return made.copies() == 0
        ? CliReply.ofChange(made.answers(), "")
        : CliReply.error(
            "The key does not meet the availability requirements - The key must be available on"
                + " at least "
                + minimum
                + " HSMs before being used.");
  }
}
