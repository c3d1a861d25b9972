package dev.cks.testkit.property;

import dev.cks.testkit.simulation.KeyStoreWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file with the history on which a property failed, and the lines of the report about it. */
final class Scenario {
  private static final Path DIRECTORY = Path.of("target", "failed-properties");
  private static final String SCRIPT = "What happened:\n";

  private Scenario() {}

  static List<String> footnotes(Method property, KeyStoreWorld world) {
    return List.of(
        SCRIPT + world.history().script(),
        "See it again with\nmvn test -Dtest="
            + property.getDeclaringClass().getSimpleName()
            + " -D"
            + KeyStoreActions.SCENARIO
            + "="
            + file(property));
  }

  /** Writes the script that is among the footnotes, if there is one. */
  static void keep(Method property, List<String> footnotes) {
    for (String footnote : footnotes) {
      if (footnote.startsWith(SCRIPT)) {
        write(file(property), footnote.substring(SCRIPT.length()));
      }
    }
  }

  private static Path file(Method property) {
    String name = property.getDeclaringClass().getSimpleName() + "." + property.getName() + ".txt";
    return DIRECTORY.resolve(name);
  }

  private static void write(Path file, String script) {
    try {
      Files.createDirectories(DIRECTORY);
      Files.writeString(file, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
