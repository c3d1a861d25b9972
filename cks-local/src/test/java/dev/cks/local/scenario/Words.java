package dev.cks.local.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a command line: split at blanks outside of quotes, with variables filled in. */
final class Words {
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z][A-Za-z0-9]*)");

  private Words() {}

  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group().replaceAll("[\"']", ""));
    }
    return words;
  }

  /** Puts values in place of {@code $names}. */
  static String fill(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                throw new IllegalArgumentException("nothing is known as " + match.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Whether {@code text} is as {@code pattern} says, in which {@code *} stands for anything. */
  static boolean matches(String pattern, String text) {
    return Pattern.matches("(?s)" + Pattern.quote(pattern).replace("*", "\\E.*\\Q"), text);
  }
}
