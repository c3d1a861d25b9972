package dev.cks.aws.service;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The constraints that one request breaks, in AWS's wording. Empty, it costs nothing. */
final class Violations {
  private @Nullable List<String> items;
  private String firstMember = "";

  boolean isEmpty() {
    return items == null;
  }

  /** A required member is not there. */
  void missing(String path) {
    add(path, "Value null at '" + path + "'", "Member must not be null");
  }

  /** A member breaks a rule. */
  void broken(String path, Object value, String rule) {
    add(path, "Value '" + value + "' at '" + path + "'", rule);
  }

  /** A member whose value nobody may read breaks a rule. */
  void brokenUnseen(String path, String rule) {
    add(path, "Value at '" + path + "'", rule);
  }

  private void add(String path, String what, String rule) {
    if (items == null) {
      items = new ArrayList<>();
      firstMember = path;
    }
    items.add(what + " failed to satisfy constraint: " + rule);
  }

  /** The path of the first member that breaks a constraint. */
  String firstMember() {
    return firstMember;
  }

  String message() {
    List<String> all = items == null ? List.of() : items;
    String noun = all.size() == 1 ? "error" : "errors";
    return all.size() + " validation " + noun + " detected: " + String.join("; ", all);
  }
}
