package dev.cks.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Java files of all modules, tests too. */
final class Sources {
  /** The root of the checkout. */
  static final Path ROOT = Path.of(System.getProperty("cks.root", ".."));

  private Sources() {}

  static List<Path> all() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("src"))).toList()) {
        try (Stream<Path> tree = Files.walk(module.resolve("src"))) {
          tree.filter(each -> each.toString().endsWith(".java")).forEach(files::add);
        }
      }
    }
    return files;
  }
}
