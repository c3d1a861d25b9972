package dev.cks.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in Javadoc compile, as they stand there. */
class JavadocExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("cks.root", ".."));
  private static final Pattern COMMENT = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL);

  /** What examples may take for granted, as their text says or their reader knows. */
  private static final String PREAMBLE =
      """
      import static dev.cks.domain.keystore.ConnectionErrorCode.*;
      import static dev.cks.domain.keystore.ConnectionState.*;
      import static org.assertj.core.api.Assertions.assertThat;
      import dev.cks.*;
      import dev.cks.aws.http.*;
      import dev.cks.aws.inprocess.*;
      import dev.cks.local.*;
      import dev.cks.service.*;
      import dev.cks.local.operator.*;
      import dev.cks.testkit.*;
      import dev.cks.testkit.property.*;
      import dev.cks.testkit.simulation.*;
      import net.jqwik.api.*;
      import net.jqwik.api.state.*;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.extension.*;
      import software.amazon.awssdk.regions.*;
      import software.amazon.awssdk.services.kms.*;
      """;

  private static final String GIVEN =
      """
      static Kms kms;
      static SimulatedAws aws;
      static Region region;
      static dev.cks.aws.wire.WireDispatcher dispatcher;
      """;

  /** Its file, and its text without the comment's asterisks. */
  record Example(Path file, String code) {
    /** Of the file, so that it sees what its neighbours see. */
    String inItsPackage() {
      String unit = file.toString();
      String name = unit.substring(unit.indexOf("java/dev/") + 5, unit.lastIndexOf('/'));
      return "package " + name.replace('/', '.') + ";\n" + PREAMBLE + wrapped();
    }

    private String wrapped() {
      String plain =
          code.replaceAll("\\{ (…|\\.\\.\\.) \\}", "{ }").replaceAll("\n *\\.\\.\\.", "");
      boolean members = plain.contains("class ") || plain.contains("static final");
      String body = members ? plain : "static void example() throws Exception {" + plain + "}";
      return "class JavadocExample {\n" + GIVEN + body + "}\n";
    }

    @Override
    public String toString() {
      return ROOT.toAbsolutePath()
          .normalize()
          .relativize(file.toAbsolutePath().normalize())
          .toString();
    }
  }

  static List<Example> examples() throws IOException {
    List<Example> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module :
          modules.filter(each -> Files.isDirectory(each.resolve("src/main"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
          for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
            found.addAll(examplesOf(file));
          }
        }
      }
    }
    return found;
  }

  /** Those that are Java: what is neither in a code tag nor an annotated class is a drawing. */
  private static List<Example> examplesOf(Path file) throws IOException {
    Matcher comments = COMMENT.matcher(Files.readString(file));
    List<Example> found = new ArrayList<>();
    while (comments.find()) {
      String text = comments.group(1).replaceAll("(?m)^ *\\* ?", "");
      if (text.startsWith("{@code")) {
        String inside = text.substring("{@code".length());
        found.add(new Example(file, inside.substring(0, inside.lastIndexOf('}'))));
      } else if (text.contains("&#64;")) {
        found.add(
            new Example(
                file, text.replace("&#64;", "@").replace("&lt;", "<").replace("&gt;", ">")));
      }
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_compiles(Example example, @TempDir Path classes) {
    StringWriter messages = new StringWriter();
    assertThat(compile(example.inItsPackage(), classes, messages)).as("%s", messages).isTrue();
  }

  @Test
  void exampleThatDoesNotCompile_isNoticed(@TempDir Path classes) {
    Example broken = new Example(Path.of("src/main/java/dev/cks/X.java"), "kms.bogus();");
    StringWriter messages = new StringWriter();
    assertThat(compile(broken.inItsPackage(), classes, messages)).isFalse();
    assertThat(messages.toString()).contains("bogus");
  }

  private static boolean compile(String source, Path classes, StringWriter messages) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-proc:none", "-d", classes.toString());
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///JavadocExample.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    return compiler.getTask(messages, null, null, options, null, List.of(unit)).call();
  }
}
