package dev.cks.sim.console;

import dev.cks.sim.tool.HsmConsole;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the tools have in common: lines in, text out, questions in between. */
abstract class Terminal implements HsmConsole {
  private @Nullable Prompt prompt;
  private boolean left;

  /** A question that the next line answers; what is hidden is not shown while typed. */
  private record Prompt(boolean hidden, UnaryOperator<String> then) {}

  @Override
  public final synchronized String run(String commandLine) {
    StringBuilder text = new StringBuilder();
    List<String> lines = commandLine.isEmpty() ? List.of("") : commandLine.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      text.append(next(lines.get(i), i == 0));
    }
    if (text.isEmpty() || text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    return text.toString();
  }

  private String next(String line, boolean first) {
    if (left) {
      return "The tool is not running.\n";
    }
    Prompt asked = prompt;
    if (asked == null) {
      return command(line);
    }
    prompt = null;
    String echo = first ? "" : (asked.hidden ? "" : "y".equals(line.strip()) ? "y" : "n") + "\n";
    return echo + asked.then.apply(line);
  }

  private String command(String line) {
    if (line.isBlank()) {
      return "";
    }
    List<String> words = CommandLine.words(line);
    return words == null || words.isEmpty() ? unbalanced() : execute(words);
  }

  /** Runs one command. */
  abstract String execute(List<String> words);

  /** What it says to an open quote. */
  abstract String unbalanced();

  /** Whether its login ends with it. */
  abstract void leaving();

  final String ask(String question, UnaryOperator<String> then) {
    prompt = new Prompt(false, then);
    return question;
  }

  final String askHidden(String question, UnaryOperator<String> then) {
    prompt = new Prompt(true, then);
    return question;
  }

  @Override
  public final synchronized void close() {
    if (!left) {
      left = true;
      prompt = null;
      leaving();
    }
  }
}
