package dev.cks.aws.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/** What one value must satisfy once it is there. */
abstract class ValueRule {

  /** A value that may be anything. */
  static final ValueRule ANYTHING =
      new ValueRule() {
        @Override
        void check(Object value, String path, Violations found) {}
      };

  abstract void check(Object value, String path, Violations found);

  /** Whether the value counts as not given: only for a list does the SDK put something in. */
  boolean isStandIn(Object value) {
    return false;
  }

  /** A number between two others. */
  static final class Range extends ValueRule {
    private final ConstraintTable.Row row;

    Range(ConstraintTable.Row row) {
      this.row = row;
    }

    @Override
    void check(Object value, String path, Violations found) {
      int number = (Integer) value;
      if (number < row.min()) {
        found.broken(path, value, "Member must have value greater than or equal to " + row.min());
      } else if (number > row.max()) {
        found.broken(path, value, "Member must have value less than or equal to " + row.max());
      }
    }
  }

  /** Something with a length. */
  abstract static class Sized extends ValueRule {
    final ConstraintTable.Row row;

    Sized(ConstraintTable.Row row) {
      this.row = row;
    }

    final void checkLength(int length, Object value, String path, Violations found) {
      String broken = ruleBrokenBy(length);
      if (broken != null) {
        report(value, path, broken, found);
      }
    }

    final @Nullable String ruleBrokenBy(int length) {
      if (length < row.min()) {
        return "Member must have length greater than or equal to " + row.min();
      }
      return length > row.max()
          ? "Member must have length less than or equal to " + row.max()
          : null;
    }

    final void report(Object value, String path, String rule, Violations found) {
      if (row.sensitive() || value instanceof SdkBytes) {
        found.brokenUnseen(path, rule);
      } else {
        found.broken(path, value, rule);
      }
    }
  }

  /** Bytes. */
  static final class Blob extends Sized {
    Blob(ConstraintTable.Row row) {
      super(row);
    }

    @Override
    void check(Object value, String path, Violations found) {
      checkLength(((SdkBytes) value).asByteArrayUnsafe().length, value, path, found);
    }
  }

  /** Text: its length counts characters as people do, not UTF-16 units. */
  static final class Text extends Sized {
    private volatile @Nullable Pattern compiled;

    Text(ConstraintTable.Row row) {
      super(row);
    }

    @Override
    void check(Object value, String path, Violations found) {
      String text = (String) value;
      checkLength(lengthOf(text), text, path, found);
      if (!matches(text)) {
        report(text, path, patternRule(), found);
      }
      if (!row.values().isEmpty() && !row.values().contains(text)) {
        report(text, path, "Member must satisfy enum value set: " + row.values(), found);
      }
    }

    /** The rules that a key of a map breaks; it has no path of its own. */
    List<String> rulesBrokenBy(String key) {
      List<String> broken = new ArrayList<>();
      String length = ruleBrokenBy(lengthOf(key));
      if (length != null) {
        broken.add(length);
      }
      if (!matches(key)) {
        broken.add(patternRule());
      }
      return broken;
    }

    private boolean matches(String text) {
      return row.pattern() == null || pattern(row.pattern()).matcher(text).matches();
    }

    private String patternRule() {
      return "Member must satisfy regular expression pattern: " + row.pattern();
    }

    private int lengthOf(String text) {
      int units = text.length();
      boolean within = units / 2 >= row.min() && units <= row.max();
      return within ? units : text.codePointCount(0, units);
    }

    private Pattern pattern(String regex) {
      Pattern known = compiled;
      if (known == null) {
        known = Pattern.compile(regex);
        compiled = known;
      }
      return known;
    }
  }

  /** A list and its elements. */
  static final class Elements extends Sized {
    private final ValueRule element;

    Elements(ConstraintTable.Row row, ValueRule element) {
      super(row);
      this.element = element;
    }

    @Override
    boolean isStandIn(Object value) {
      return value instanceof SdkAutoConstructList;
    }

    @Override
    void check(Object value, String path, Violations found) {
      List<?> list = (List<?>) value;
      checkLength(list.size(), list, path, found);
      for (int i = 0; i < list.size(); i++) {
        checkElement(list.get(i), path + "." + (i + 1) + ".member", found);
      }
    }

    private void checkElement(@Nullable Object value, String path, Violations found) {
      if (value == null) {
        found.missing(path);
      } else {
        element.check(value, path, found);
      }
    }
  }

  /** A map of strings or of lists of strings, which must not hold null. */
  static final class Pairs extends Sized {
    private final Text keys;

    Pairs(ConstraintTable.Row row, Text keys) {
      super(row);
      this.keys = keys;
    }

    @Override
    void check(Object value, String path, Violations found) {
      Map<?, ?> map = (Map<?, ?>) value;
      if (map.isEmpty()) {
        return;
      }
      checkLength(map.size(), map, path, found);
      for (Map.Entry<?, ?> pair : map.entrySet()) {
        if (pair.getKey() instanceof String key) {
          checkKey(key, map, path, found);
        }
        String member = path + "." + pair.getKey() + ".member";
        if (pair.getKey() == null || pair.getValue() == null) {
          found.missing(member);
        } else if (pair.getValue() instanceof List<?> list) {
          checkElements(list, member, found);
        }
      }
    }

    private void checkKey(String key, Map<?, ?> map, String path, Violations found) {
      List<String> broken = keys.rulesBrokenBy(key);
      if (!broken.isEmpty()) {
        report(map, path, "Map keys must satisfy constraint: " + broken, found);
      }
    }

    private static void checkElements(List<?> list, String path, Violations found) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) == null) {
          found.missing(path + "." + (i + 1) + ".member");
        }
      }
    }
  }
}
