package dev.cks.local.operator;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a request's body, and its query. What makes no sense is an {@link
 * IllegalArgumentException} that names it.
 */
record Arguments(Map<String, Object> body, String query) {

  Optional<String> text(String name) {
    return member(name, String.class, "a text");
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
  }

  Optional<Integer> number(String name) {
    return member(name, Integer.class, "a whole number");
  }

  Optional<Double> fraction(String name) {
    return member(name, Number.class, "a number").map(Number::doubleValue);
  }

  Optional<Boolean> flag(String name) {
    return member(name, Boolean.class, "true or false");
  }

  List<String> texts(String name) {
    List<?> elements = member(name, List.class, "a list").orElse(List.of());
    if (!elements.stream().allMatch(String.class::isInstance)) {
      throw new IllegalArgumentException(name + " is not a list of texts");
    }
    return elements.stream().map(String.class::cast).toList();
  }

  /** As in ISO 8601, for example {@code PT1H} or {@code P7D}. */
  Duration requiredDuration(String name) {
    String text = requiredText(name);
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + " is not a duration like PT1H: " + text, e);
    }
  }

  /** A number in the query. */
  long queried(String name, long otherwise) {
    return Arrays.stream(query.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .map(text -> wholeNumber(name, text))
        .findFirst()
        .orElse(otherwise);
  }

  private static long wholeNumber(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: " + text, e);
    }
  }

  private <T> Optional<T> member(String name, Class<T> type, String kind) {
    Object value = body.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(name + " is not " + kind);
    }
    return Optional.of(type.cast(value));
  }
}
