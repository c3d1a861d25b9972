package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A bug as somebody could make it: a change of one source file of the library. The changed file is
 * compiled, and the whole library is loaded anew around it.
 *
 * @param name what it is
 * @param file the source file, from the root of the project
 * @param right the text that is replaced, wherever it is in the file
 * @param wrong the text in its place
 */
record SeededBug(String name, String file, String right, String wrong) {
  private static final Path ROOT = Path.of(System.getProperty("cks.root"));

  @Override
  public String toString() {
    return name;
  }

  /** What the runner reports of a library with this bug. */
  String report(Path directory, String... arguments) throws Exception {
    compile(directory);
    try (URLClassLoader loader =
        new URLClassLoader(classPath(directory), ClassLoader.getPlatformClassLoader())) {
      Class<?> runner = loader.loadClass(SimulationMain.class.getName());
      return (String) runner.getMethod("run", String[].class).invoke(null, (Object) arguments);
    }
  }

  private void compile(Path directory) throws IOException {
    Path original = ROOT.resolve(file);
    String source = Files.readString(original);
    assertThat(source).as("%s, where the bug goes", file).contains(right);
    Path changed = directory.resolve(original.getFileName());
    Files.writeString(changed, source.replace(right, wrong));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-d",
              directory.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(null, files, null, options, null, files.getJavaFileObjects(changed))
              .call();
      assertThat(compiled).as("%s compiles with the bug", file).isTrue();
    }
  }

  /** The changed classes come before the original ones. */
  private static URL[] classPath(Path directory) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    urls.add(directory.toUri().toURL());
    for (String element :
        Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator))) {
      urls.add(Path.of(element).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
