package dev.cks.sim.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options in the style of {@code key_mgmt_util}: {@code -k 262162}. */
final class Options {
  private final Map<String, String> values = new HashMap<>();

  private Options() {}

  /**
   * Reads options.
   *
   * @param valued those that take a value
   * @param flags those that take none
   * @return null if there is another one, one comes twice, or a value is missing
   */
  static @Nullable Options parse(List<String> words, Set<String> valued, Set<String> flags) {
    Options options = new Options();
    for (int i = 0; i < words.size(); i++) {
      String name = words.get(i);
      boolean takesValue = valued.contains(name);
      if (!takesValue && !flags.contains(name)) {
        return null;
      }
      if (takesValue && ++i == words.size()) {
        return null;
      }
      if (options.values.put(name, takesValue ? words.get(i) : "") != null) {
        return null;
      }
    }
    return options;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  @Nullable String text(String name) {
    return values.get(name);
  }

  /** Empty if it is missing or not a number. */
  OptionalInt number(String name) {
    String text = values.get(name);
    return text == null ? OptionalInt.empty() : Numbers.parse(text);
  }

  /** Whether an option is there although it is no number. */
  boolean isMistyped(String name) {
    return has(name) && number(name).isEmpty();
  }
}
