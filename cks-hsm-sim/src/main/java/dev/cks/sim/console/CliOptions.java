package dev.cks.sim.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options in the style of CloudHSM CLI: {@code --filter attr.label=x attr.class=secret-key}. */
final class CliOptions {
  private final Map<String, List<String>> values = new HashMap<>();

  private CliOptions() {}

  /** Null if there is an option that is not allowed, one comes twice, or a word belongs nowhere. */
  static @Nullable CliOptions parse(List<String> words, Set<String> allowed) {
    CliOptions options = new CliOptions();
    List<String> current = null;
    for (String word : words) {
      if (word.startsWith("--")) {
        current = new ArrayList<>();
        if (!allowed.contains(word) || options.values.put(word, current) != null) {
          return null;
        }
      } else if (current == null) {
        return null;
      } else {
        current.add(word);
      }
    }
    return options;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Null unless it has exactly one value. */
  @Nullable String one(String name) {
    List<String> found = all(name);
    return found.size() == 1 ? found.get(0) : null;
  }
}
