package dev.cks.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cks.domain.key.KeyStateTable;
import dev.cks.domain.keystore.ConnectionTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The allowed edges between packages, as one list. */
class PackageEdgesTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .importPath(
              Path.of(
                  Objects.requireNonNull(System.getProperty("cks.root")),
                  "cks-core/target/classes"));

  private static final String ROOT = "dev.cks";
  private static final String SERVICE = "dev.cks.service";
  private static final String AUDIT = "dev.cks.audit";
  private static final String MEMORY = "dev.cks.memory";
  private static final String SPI = "dev.cks.spi";
  private static final String INTERNAL = "dev.cks.internal";
  private static final String KEY = "dev.cks.domain.key";
  private static final String GRANT = "dev.cks.domain.grant";
  private static final String KEYSTORE = "dev.cks.domain.keystore";
  private static final String CRYPTO = "dev.cks.domain.crypto";
  private static final String SECRET = "dev.cks.domain.secret";
  private static final String ERROR = "dev.cks.domain.error";

  private static final String JAVA = "java..";
  private static final String NULLNESS = "org.jspecify.annotations";
  private static final String LOGGING = "org.slf4j";

  /** One package and all that its classes may use beside each other. */
  record Edges(String from, String because, List<String> to) {
    static Edges of(String from, String because, String... to) {
      return new Edges(from, because, List.of(to));
    }

    @Override
    public String toString() {
      return from + " uses only " + to;
    }
  }

  // spotless:off
  static Stream<Edges> edges() {
    return Stream.of(
        Edges.of(ROOT, "the entry point wires everything and decides nothing",
            SERVICE, MEMORY, SPI, KEY, KEYSTORE, CRYPTO, SECRET, ERROR, JAVA, NULLNESS),
        Edges.of(SERVICE, "use cases know the ports and the domain, never what implements a port",
            SPI, KEY, GRANT, KEYSTORE, CRYPTO, SECRET, ERROR, INTERNAL, JAVA, NULLNESS, LOGGING),
        Edges.of(MEMORY, "default ports are ports like any other",
            SPI, KEY, KEYSTORE, SECRET, ERROR, INTERNAL, JAVA, NULLNESS, LOGGING),
        Edges.of(AUDIT, "a trail is a sink like any other",
            SPI, JAVA, NULLNESS),
        Edges.of(SPI, "a port speaks in domain values and knows nobody who calls it",
            KEY, GRANT, KEYSTORE, SECRET, JAVA, NULLNESS),
        Edges.of(CRYPTO, "a ciphertext names its key",
            KEY, ERROR, JAVA, NULLNESS),
        Edges.of(GRANT, "a grant names its key and judges a context",
            KEY, CRYPTO, ERROR, JAVA, NULLNESS),
        Edges.of(KEY, "a key's state follows from its store's connection",
            KEYSTORE, ERROR, JAVA, NULLNESS),
        Edges.of(KEYSTORE, "a key store knows nothing of the keys in it",
            SECRET, ERROR, JAVA, NULLNESS),
        Edges.of(INTERNAL, "a table knows nothing of what is in it", JAVA, NULLNESS),
        Edges.of(SECRET, "a secret can tell nobody", JAVA, NULLNESS),
        Edges.of(ERROR, "an error is only its code and its text", JAVA, NULLNESS));
  }
  // spotless:on

  @ParameterizedTest(name = "{0}")
  @MethodSource("edges")
  void package_usesOnlyWhatItsEdgesAllow(Edges edges) {
    String[] allowed =
        Stream.concat(Stream.of(edges.from()), edges.to().stream()).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(edges.from())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .because(edges.because())
        .check(CORE);
  }

  @Test
  void packages_haveEdgesEach() {
    Set<String> packages =
        CORE.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.isEmpty()) // the module descriptor
            .collect(Collectors.toSet());
    assertThat(edges().map(Edges::from)).containsExactlyInAnyOrderElementsOf(packages);
  }

  @Test
  void keyStateTable_isReadByAdmissionOnly() {
    noClasses()
        .that(describe("neither belong to the domain nor are Admission", this::isOutsider))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(KeyStateTable.class)
        .because("an operation that asks the table by itself can forget to refuse")
        .check(CORE);
  }

  @Test
  void connectionTable_isReadByAdmissionOnly() {
    noClasses()
        .that(describe("neither belong to the domain nor are Admission", this::isOutsider))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ConnectionTable.class)
        .because("what a connection permits is decided in one place; others name a trigger only")
        .check(CORE);
  }

  private boolean isOutsider(JavaClass candidate) {
    return !candidate.getPackageName().startsWith("dev.cks.domain.")
        && !candidate.getName().equals("dev.cks.service.Admission");
  }

  @Test
  void connectedState_isNamedOutsideTheDomainForStandardKeysOnly() {
    noClasses()
        .that(describe("neither belong to the domain nor are StoreEntry", this::isNoStoreEntry))
        .should()
        .accessField("dev.cks.domain.keystore.ConnectionState", "CONNECTED")
        .because(
            "whoever asks for CONNECTED has a second opinion of what it permits; the home of"
                + " standard keys counts as connected, and StoreEntry says so")
        .check(CORE);
  }

  private boolean isNoStoreEntry(JavaClass candidate) {
    return !candidate.getPackageName().startsWith("dev.cks.domain.")
        && !candidate.getName().startsWith("dev.cks.service.StoreEntry");
  }
}
