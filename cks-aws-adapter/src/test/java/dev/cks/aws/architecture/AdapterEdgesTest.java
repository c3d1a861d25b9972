package dev.cks.aws.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the adapter may lean on. */
class AdapterEdgesTest {
  private static final JavaClasses ADAPTER =
      new ClassFileImporter()
          .importPath(
              Path.of(
                  Objects.requireNonNull(System.getProperty("cks.root")),
                  "cks-aws-adapter/target/classes"));

  /** What the methods of the SDK's public HTTP interfaces take and give. */
  private static final Set<String> UNAVOIDABLE =
      Set.of(
          "software.amazon.awssdk.utils.AttributeMap",
          "software.amazon.awssdk.http.SdkHttpRequest",
          "software.amazon.awssdk.http.SdkHttpMethod",
          "software.amazon.awssdk.http.AbortableInputStream");

  @Test
  void theSimulatorIsNeverNamed() {
    noClasses().should().dependOnClassesThat().resideInAPackage("dev.cks.sim..").check(ADAPTER);
  }

  @Test
  void theProtectedPartsOfTheSdkStayInTwoPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.cks.aws.service", "dev.cks.aws.wire")
        .should()
        .dependOnClassesThat(describe("are not public API of the SDK", AdapterEdgesTest::isInner))
        .check(ADAPTER);
  }

  @Test
  void whatIsProtectedIsSeen() {
    assertThat(
            ADAPTER.get("dev.cks.aws.wire.PojoReader").getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> isInner(dependency.getTargetClass())))
        .isTrue();
  }

  @Test
  void theWireIsBelowItsFronts() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.cks.aws.service", "dev.cks.aws.wire")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cks.aws.inprocess")
        .check(ADAPTER);
    noClasses()
        .that()
        .resideInAPackage("dev.cks.aws.service")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cks.aws.wire")
        .check(ADAPTER);
  }

  private static boolean isInner(JavaClass used) {
    return !UNAVOIDABLE.contains(used.getName())
        && (used.getPackageName().startsWith("software.amazon.awssdk.thirdparty")
            || used.isAnnotatedWith("software.amazon.awssdk.annotations.SdkProtectedApi")
            || used.isAnnotatedWith("software.amazon.awssdk.annotations.SdkInternalApi"));
  }
}
