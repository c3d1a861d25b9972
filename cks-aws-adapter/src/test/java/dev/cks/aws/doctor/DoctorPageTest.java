package dev.cks.aws.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Keeps the tables of {@code docs/doctor.md} equal to the code; {@code -Dcks.regenerate=true}
 * writes them.
 */
final class DoctorPageTest {
  private static final Path PAGE =
      Path.of(Objects.requireNonNull(System.getProperty("cks.root")), "docs/doctor.md");

  @Test
  void tables_areThoseOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    String fresh = with(page, "findings", findings());
    fresh = with(fresh, "remedies", remedies());
    fresh = with(fresh, "permissions", permissions());
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.writeString(PAGE, fresh);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(fresh);
  }

  private static String with(String page, String name, String table) {
    String from = "<!-- " + name + " -->\n";
    String to = "<!-- /" + name + " -->";
    int begin = page.indexOf(from) + from.length();
    return page.substring(0, begin) + table + page.substring(page.indexOf(to, begin));
  }

  private static String findings() {
    return "| finding | means that | when to act | chapter of the guide |\n|---|---|---|---|\n"
        + Stream.of(Condition.values())
            .map(
                condition ->
                    "| `"
                        + condition
                        + "` | "
                        + condition.meaning()
                        + " | "
                        + condition.urgency().name().toLowerCase(Locale.ROOT)
                        + " | ["
                        + condition.section().title()
                        + "]("
                        + condition.section().url()
                        + ") |\n")
            .collect(Collectors.joining());
  }

  private static String remedies() {
    return "| remedy | does | chapter of the guide |\n|---|---|---|\n"
        + Stream.of(Remedy.values())
            .map(
                remedy ->
                    "| `"
                        + remedy
                        + "` | "
                        + remedy.title()
                        + " | ["
                        + remedy.section().title()
                        + "]("
                        + remedy.section().url()
                        + ") |\n")
            .collect(Collectors.joining());
  }

  private static String permissions() {
    return "| action | for an examination | |\n|---|---|---|\n"
        + Doctor.permissions().stream()
            .map(
                permission ->
                    "| `"
                        + permission.action()
                        + "` | "
                        + (permission.readOnly() ? "yes; without it " : "no; ")
                        + permission.purpose()
                        + " |\n")
            .map(
                row ->
                    row.replace("yes; without it ", "yes | without it, ").replace("no; ", "no | "))
            .collect(Collectors.joining());
  }
}
