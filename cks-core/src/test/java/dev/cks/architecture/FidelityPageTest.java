package dev.cks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a comment calls "spec B.4" is a row of {@code docs/fidelity.md}, which says where it is
 * from.
 */
class FidelityPageTest {
  private static final Pattern CITED = Pattern.compile("\\bspec ([A-K](?:\\.\\d+)?)\\b");

  @Test
  void page_everyRowThatACommentCites_isThere() throws IOException {
    String page = Files.readString(Sources.ROOT.resolve("docs/fidelity.md"));
    List<String> cited = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Path file : Sources.all()) {
      CITED
          .matcher(Files.readString(file))
          .results()
          .map(each -> each.group(1))
          .forEach(
              section -> {
                cited.add(section);
                if (!explains(page, section)) {
                  missing.add(section + " in " + file);
                }
              });
    }

    assertThat(cited).hasSizeGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  /** By a row of its own, by one for several, or by the heading of its letter. */
  private static boolean explains(String page, String section) {
    String number = Pattern.quote(section) + "(?!\\d)";
    boolean ofSix = section.matches("D\\.[2-7]") && page.contains("| D.2 – D.7 |");
    boolean procedure = section.matches("J\\.(?:[1-9]|10)") && page.contains("J.1 to J.10");
    return ofSix
        || procedure
        || Pattern.compile("\\| (?:[A-K]\\.\\d+, )?" + number + "(?:, [A-K]\\.\\d+)? \\|")
            .matcher(page)
            .find();
  }
}
