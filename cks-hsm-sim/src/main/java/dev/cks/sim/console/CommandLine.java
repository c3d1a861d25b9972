package dev.cks.sim.console;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits a line into words; quotes of either kind keep blanks. */
final class CommandLine {
  private final String line;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean begun;
  private char quote;

  private CommandLine(String line) {
    this.line = line;
  }

  /** Null if a quote is not closed. */
  static @Nullable List<String> words(String line) {
    return new CommandLine(line).split();
  }

  private @Nullable List<String> split() {
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quoted(c);
      } else if (c == '"' || c == '\'') {
        quote = c;
        begun = true;
      } else if (Character.isWhitespace(c)) {
        end();
      } else {
        append(c);
      }
    }
    end();
    return quote == 0 ? List.copyOf(words) : null;
  }

  private void quoted(char c) {
    if (c == quote) {
      quote = 0;
    } else {
      append(c);
    }
  }

  private void append(char c) {
    word.append(c);
    begun = true;
  }

  private void end() {
    if (begun) {
      words.add(word.toString());
      word.setLength(0);
      begun = false;
    }
  }
}
