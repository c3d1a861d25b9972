package dev.cks.local.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A scenario file: its title, the steps that every variant begins with, and the variants.
 *
 * <pre>{@code
 * # title
 * aws kms describe-key --key-id $key -> state = KeyMetadata.KeyState
 *   KeyMetadata.KeyState = Enabled
 *
 * == a variant
 * cmu> loginHSM CO admin adminPswd01
 *   loginHSM success on server 0(*)
 * }</pre>
 */
record Scenario(String title, List<Variant> variants) {
  private static final String VARIANT = "== ";
  private static final String INCLUDE = "include ";

  /** A way through the scenario, in a fresh world. */
  record Variant(String name, List<Step> steps) {}

  /** A command, its number, and what is expected of it. */
  record Step(int number, String command, List<String> expected) {
    @Override
    public String toString() {
      return "step " + number + ": " + command;
    }
  }

  static Scenario parse(Path file) {
    return parse(lines(file));
  }

  /** The lines of a file, with those of the files that it includes in their place. */
  private static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(INCLUDE)) {
          lines.addAll(lines(file.resolveSibling(line.substring(INCLUDE.length()).strip())));
        } else {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static Scenario parse(List<String> lines) {
    String title = "";
    List<Step> preamble = new ArrayList<>();
    List<Variant> variants = new ArrayList<>();
    List<Step> steps = preamble;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).stripTrailing();
      if (line.startsWith("#")) {
        title = title.isEmpty() ? line.substring(1).strip() : title;
      } else if (line.startsWith(VARIANT)) {
        steps = new ArrayList<>(preamble);
        variants.add(new Variant(line.substring(VARIANT.length()), steps));
      } else if (line.startsWith("  ")) {
        last(steps, i).expected().add(line.strip());
      } else if (!line.isEmpty()) {
        steps.add(new Step(steps.size() + 1, line, new ArrayList<>()));
      }
    }
    return new Scenario(
        title, variants.isEmpty() ? List.of(new Variant("as written", preamble)) : variants);
  }

  private static Step last(List<Step> steps, int line) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("line " + (line + 1) + " expects something of nothing");
    }
    return steps.get(steps.size() - 1);
  }
}
