import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Lists what users see without a comment: packages, types, methods, constructors and constants that are public or protected, in packages that
 * are exported. Fails if there is anything. Run from the root: {@code java build/Undocumented.java [module…]}.
 *
 * <p>Javadoc's own check ({@code doclint missing}) also wants a {@code @param} and {@code @return} for everything, which makes people write
 * the name of a parameter a second time. Here a comment is enough. Overriding methods, tests (obligations of a contract say in their name what they
 * ask for), compact constructors and constants of enums need none.
 */
public class Undocumented {
  private final Path root = Path.of("").toAbsolutePath();
  private final Set<String> found = new TreeSet<>();

  public static void main(String[] args) throws IOException {
    Undocumented undocumented = new Undocumented();
    List<Path> modules = args.length == 0 ? undocumented.modules() : Stream.of(args).map(Path::of).toList();
    for (Path module : modules) {
      undocumented.look(module.toAbsolutePath().resolve("src/main/java"));
    }
    undocumented.found.forEach(System.out::println);
    System.out.printf("%d without a comment in %d modules%n", undocumented.found.size(), modules.size());
    System.exit(undocumented.found.isEmpty() ? 0 : 1);
  }

  /** The published ones. */
  private List<Path> modules() throws IOException {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .filter(each -> Files.isDirectory(each.resolve("src/main/java")))
          .filter(each -> !each.endsWith("cks-benchmarks"))
          .sorted()
          .toList();
    }
  }

  private void look(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(each -> each.toString().endsWith(".java")).toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      DocTrees docs = DocTrees.instance(task);
      Set<String> exported = exported(units);
      for (CompilationUnitTree unit : units) {
        if (unit.getModule() == null && (exported.isEmpty() || exported.contains(unit.getPackageName().toString()))) {
          new Members(docs, unit).scan(unit, null);
        }
      }
    }
  }

  private static Set<String> exported(List<CompilationUnitTree> units) {
    return units.stream()
        .map(CompilationUnitTree::getModule)
        .filter(ModuleTree.class::isInstance)
        .flatMap(module -> module.getDirectives().stream())
        .filter(ExportsTree.class::isInstance)
        .map(each -> ((ExportsTree) each).getPackageName().toString())
        .collect(Collectors.toSet());
  }

  /** Goes into what is visible only. */
  private final class Members extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final boolean packageInfo;

    Members(DocTrees docs, CompilationUnitTree unit) {
      this.docs = docs;
      this.unit = unit;
      this.packageInfo = unit.getSourceFile().getName().endsWith("package-info.java");
    }

    @Override
    public Void visitCompilationUnit(CompilationUnitTree tree, Void none) {
      if (packageInfo) {
        check("package " + tree.getPackageName(), tree.getPackage());
      }
      return super.visitCompilationUnit(tree, none);
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      if (!visible(tree.getModifiers())) {
        return null;
      }
      check(tree.getSimpleName().toString(), tree);
      return super.visitClass(tree, none);
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      if (visible(tree.getModifiers()) && !annotated(tree, "Override") && !annotated(tree, "Test") && !compact(tree)) {
        String name = tree.getReturnType() == null ? enclosing().getSimpleName().toString() : tree.getName().toString();
        check(enclosing().getSimpleName() + "." + name, tree);
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void none) {
      // the components of a record come as fields of it; a class has no visible field that is no constant
      boolean constant = enclosing().getKind() == Tree.Kind.INTERFACE || tree.getModifiers().getFlags().contains(Modifier.STATIC);
      boolean ofEnum = tree.getType() != null && enclosing().getKind() == Tree.Kind.ENUM
          && tree.getType().toString().equals(enclosing().getSimpleName().toString());
      if (constant && !ofEnum && visible(tree.getModifiers())) {
        check(enclosing().getSimpleName() + "." + tree.getName(), tree);
      }
      return null;
    }

    private ClassTree enclosing() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }

    private boolean annotated(MethodTree tree, String annotation) {
      return tree.getModifiers().getAnnotations().stream().anyMatch(each -> each.getAnnotationType().toString().equals(annotation));
    }

    /** Whether a record's constructor is without a list of parameters; the parser fills one in. */
    private boolean compact(MethodTree tree) {
      if (enclosing().getKind() != Tree.Kind.RECORD || tree.getReturnType() != null) {
        return false;
      }
      long start = docs.getSourcePositions().getStartPosition(unit, tree);
      long body = docs.getSourcePositions().getStartPosition(unit, tree.getBody());
      return start >= 0 && !source().substring((int) start, (int) body).contains("(");
    }

    private String source() {
      try {
        return unit.getSourceFile().getCharContent(true).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Members of an interface are public without saying so. */
    private boolean visible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      Tree around = getCurrentPath().getParentPath().getLeaf();
      boolean inInterface = around.getKind() == Tree.Kind.INTERFACE || around.getKind() == Tree.Kind.ANNOTATION_TYPE;
      return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED) || (inInterface && !flags.contains(Modifier.PRIVATE));
    }

    private void check(String what, Tree tree) {
      long at = docs.getSourcePositions().getStartPosition(unit, tree);
      // what the compiler adds by itself, such as the constructor of a record, stands nowhere
      boolean written = at >= 0 && docs.getSourcePositions().getEndPosition(unit, tree) > at;
      if (written && docs.getDocComment(TreePath.getPath(unit, tree)) == null) {
        String file = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
        found.add(file + ":" + unit.getLineMap().getLineNumber(at) + ": " + what);
      }
    }
  }
}
