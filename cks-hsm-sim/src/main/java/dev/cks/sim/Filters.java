package dev.cks.sim;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The filters of a describe call: every one must fit, by one of its values. */
final class Filters {
  private final Map<String, List<String>> filters;

  private Filters(Map<String, List<String>> filters) {
    this.filters = filters;
  }

  static Filters of(Map<String, List<String>> filters, Set<String> known) {
    for (Map.Entry<String, List<String>> filter : filters.entrySet()) {
      if (!known.contains(filter.getKey())) {
        throw Refusal.invalid("There is no filter " + filter.getKey() + ".");
      }
      Refusal.required(filter.getValue(), "the values of filter " + filter.getKey());
    }
    return new Filters(filters);
  }

  /** Refuses values of a filter that no resource can have. */
  Filters closed(String name, Set<String> values) {
    for (String value : filters.getOrDefault(name, List.of())) {
      if (!values.contains(value)) {
        throw Refusal.invalid("The filter " + name + " knows no " + value + ".");
      }
    }
    return this;
  }

  boolean fit(String name, String actual) {
    List<String> wanted = filters.get(name);
    return wanted == null || wanted.stream().anyMatch(actual::equals);
  }
}
