package dev.cks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each invariant of {@code docs/INVARIANTS.md} names somebody who is there to enforce it. */
class InvariantsPageTest {
  private static final Pattern ROW = Pattern.compile("^\\| (?!invariant )(.+?) \\| (.*) \\|$");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  @Test
  void page_everyRow_namesAnEnforcer() throws IOException {
    List<MatchResult> rows = rows();

    assertThat(rows).hasSizeGreaterThan(30);
    assertThat(rows).allSatisfy(row -> assertThat(enforcers(row)).as(row.group(1)).isNotEmpty());
  }

  @Test
  void page_everyEnforcer_isThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    for (MatchResult row : rows()) {
      for (String enforcer : enforcers(row)) {
        if (!isThere(enforcer, sources)) {
          missing.add(enforcer + ", who should see to: " + row.group(1));
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  private static List<MatchResult> rows() throws IOException {
    return Files.readAllLines(Sources.ROOT.resolve("docs/INVARIANTS.md")).stream()
        .flatMap(line -> ROW.matcher(line).results())
        .toList();
  }

  private static List<String> enforcers(MatchResult row) {
    return QUOTED.matcher(row.group(2)).results().map(quoted -> quoted.group(1)).toList();
  }

  /** A file, a class, or a method of a class. */
  private static boolean isThere(String enforcer, Map<String, String> sources) {
    if (Files.isRegularFile(Sources.ROOT.resolve(enforcer))) {
      return true;
    }
    String[] name = enforcer.split("\\.", 2);
    String source = sources.get(name[0]);
    return source != null && (name.length == 1 || source.contains(" " + name[1] + "("));
  }

  /** The classes of all modules with their text. */
  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (Path file : Sources.all()) {
      String name = file.getFileName().toString().replace(".java", "");
      sources.merge(name, Files.readString(file), String::concat);
    }
    return sources;
  }
}
