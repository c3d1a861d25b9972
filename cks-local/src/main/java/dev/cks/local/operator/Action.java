package dev.cks.local.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Something that can be asked for: a method, a path and what happens.
 *
 * @param method of HTTP
 * @param path its parts, after the prefix; {@link #ANY} stands for whatever is there
 * @param work what happens
 */
record Action(String method, List<String> path, Work work) {
  private static final String ANY = "*";

  /** What happens. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it.
     *
     * @param names the parts of the path that stand at the places of {@code *}
     * @return what is answered, as JSON
     * @throws IllegalArgumentException if the arguments make no sense
     * @throws NotThereException if a name is of nothing
     */
    Object perform(List<String> names, Arguments arguments);
  }

  /** An action at a path like {@code clusters/*}. */
  static Action of(String method, String path, Work work) {
    return new Action(method, List.of(path.split("/", -1)), work);
  }

  boolean isFor(String askedMethod, List<String> askedPath) {
    if (!method.equals(askedMethod) || path.size() != askedPath.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!path.get(i).equals(ANY) && !path.get(i).equals(askedPath.get(i))) {
        return false;
      }
    }
    return true;
  }

  Object perform(List<String> askedPath, Arguments arguments) {
    List<String> names = new ArrayList<>(1);
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).equals(ANY)) {
        names.add(askedPath.get(i));
      }
    }
    return Objects.requireNonNull(work.perform(names, arguments));
  }
}
