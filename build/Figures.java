import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints the figures of the code: types that are public and that are not, the longest file and method, test lines to main lines. Run
 * from the root: {@code java build/Figures.java}, or with another checkout as the argument.
 *
 * <p>Types are top-level types of {@code src/main/java}. "Offered" are public types of packages that the module exports (all packages,
 * where there is no module-info). Lines are lines with something on them, comments and all. A method's length is from its first modifier
 * to its closing brace, in main code and in tests.
 */
public class Figures {
  private final Path root;
  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  Figures(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws IOException {
    new Figures(Path.of(args.length > 0 ? args[0] : ".").toRealPath()).print();
  }

  /** Something with a length, and where it stands. */
  record Length(String where, int lines) {
    static Length longest(List<Length> all) {
      return all.stream().max(Comparator.comparingInt(Length::lines)).orElse(new Length("-", 0));
    }
  }

  /** What was counted in the sources of one directory. */
  static final class Count {
    int offered;
    int publicTypes;
    int hiddenTypes;
    int lines;
    final List<Length> files = new ArrayList<>();
    final List<Length> methods = new ArrayList<>();
  }

  void print() throws IOException {
    System.out.printf("%-18s %8s %8s %8s %8s %8s %6s%n", "module", "offered", "public", "hidden", "main", "test", "ratio");
    Count main = new Count();
    Count test = new Count();
    for (Path module : modules()) {
      Count here = count(module.resolve("src/main/java"));
      Count tests = count(module.resolve("src/test/java"));
      row(module.getFileName().toString(), here, tests);
      add(main, here);
      add(test, tests);
    }
    row("all", main, test);
    longest("file, main", main.files);
    longest("file, test", test.files);
    longest("method, main", main.methods);
    longest("method, test", test.methods);
  }

  private List<Path> modules() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children.filter(each -> Files.isDirectory(each.resolve("src"))).sorted().toList();
    }
  }

  private static void row(String module, Count main, Count test) {
    System.out.printf(
        "%-18s %8d %8d %8d %8d %8d %6s%n",
        module,
        main.offered,
        main.publicTypes,
        main.hiddenTypes,
        main.lines,
        test.lines,
        main.lines == 0 ? "-" : String.format("%.2f", (double) test.lines / main.lines));
  }

  private static void longest(String what, List<Length> all) {
    Length longest = Length.longest(all);
    System.out.printf("longest %-12s %4d lines  %s%n", what, longest.lines(), longest.where());
  }

  private static void add(Count sum, Count part) {
    sum.offered += part.offered;
    sum.publicTypes += part.publicTypes;
    sum.hiddenTypes += part.hiddenTypes;
    sum.lines += part.lines;
    sum.files.addAll(part.files);
    sum.methods.addAll(part.methods);
  }

  private Count count(Path sources) throws IOException {
    Count count = new Count();
    if (!Files.isDirectory(sources)) {
      return count;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(each -> each.toString().endsWith(".java")).sorted().toList();
    }
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      Set<String> exported = exports(units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : units) {
        types(unit, exported, count);
        lengths(unit, positions, count);
      }
    }
    return count;
  }

  /** The packages a module exports; null without a module-info. */
  private static Set<String> exports(List<CompilationUnitTree> units) {
    for (CompilationUnitTree unit : units) {
      if (unit.getModule() != null) {
        Set<String> exported = new HashSet<>();
        unit.getModule().getDirectives().stream()
            .filter(ExportsTree.class::isInstance)
            .map(ExportsTree.class::cast)
            .filter(each -> each.getModuleNames() == null)
            .forEach(each -> exported.add(each.getPackageName().toString()));
        return exported;
      }
    }
    return null;
  }

  private static void types(CompilationUnitTree unit, Set<String> exported, Count count) {
    for (Tree each : unit.getTypeDecls()) {
      if (each instanceof ClassTree type) {
        if (!type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
          count.hiddenTypes++;
          continue;
        }
        count.publicTypes++;
        if (exported == null || exported.contains(unit.getPackageName().toString())) {
          count.offered++;
        }
      }
    }
  }

  private void lengths(CompilationUnitTree unit, SourcePositions positions, Count count) throws IOException {
    Path file = Path.of(unit.getSourceFile().toUri());
    String name = root.relativize(file).toString();
    List<String> lines = Files.readAllLines(file);
    count.lines += (int) lines.stream().filter(line -> !line.isBlank()).count();
    count.files.add(new Length(name, lines.size()));
    LineMap map = unit.getLineMap();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void none) {
        long from = positions.getStartPosition(unit, method);
        long to = positions.getEndPosition(unit, method);
        // a record's canonical constructor that nobody wrote has no end
        if (from >= 0 && to > from) {
          int length = (int) (map.getLineNumber(to) - map.getLineNumber(from) + 1);
          count.methods.add(new Length(name + " " + method.getName(), length));
        }
        return super.visitMethod(method, none);
      }
    }.scan(unit, null);
  }
}
