package dev.cks.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.tck.model.History;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The runner finds bugs: each of these within the seeds of a normal build, and in a few steps. All
 * of them by themselves: {@code mvn verify -pl cks-testkit -am -Dtest=SeededBugsTest
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SeededBugsTest {
  private static final String CORE = "cks-core/src/main/java/dev/cks/";
  private static final String SIM = "cks-hsm-sim/src/main/java/dev/cks/sim/hsm/";

  /** Enough to see what happens. */
  private static final int FEW = 25;

  static Stream<SeededBug> bugs() {
    return Stream.of(
        new SeededBug(
            "a cell of the table of keys is flipped",
            CORE + "domain/key/KeyStateTable.java",
            "row(ENCRYPT,                                  YES,     OFF,",
            "row(ENCRYPT,                                  YES,     YES,"),
        new SeededBug(
            "a cell of the table of connections is flipped",
            CORE + "domain/keystore/ConnectionTable.java",
            "edge(CONNECTED,     Trigger.RENAME,              CONNECTED),",
            ""),
        new SeededBug(
            "the event of a refusal is lost",
            CORE + "service/Auditor.java",
            "record(operation, caller, call, asRefusal(failure));",
            "if (!operation.equals(\"CancelKeyDeletion\")) {"
                + " record(operation, caller, call, asRefusal(failure)); }"),
        new SeededBug(
            "a deleted key stays on one HSM",
            SIM + "SimulatedSession.java",
            "    node.destroy(id);\n",
            "    if (node != fleet.nodes().get(0)) { node.destroy(id); }\n"),
        new SeededBug(
            "the sixth wrong password locks out",
            SIM + "NodeUser.java",
            "ATTEMPTS = 5;",
            "ATTEMPTS = 6;"),
        new SeededBug(
            "the result of a stale attempt to connect is applied",
            CORE + "service/Connector.java",
            "store.attempt() != attempt",
            "false"),
        new SeededBug(
            "a rotation forgets an HSM",
            SIM + "SimulatedSession.java",
            "node -> node.changeOwnPassword(user, fresh, this)",
            "node -> node == fleet.nodes().get(0) ? null"
                + " : node.changeOwnPassword(user, fresh, this)"),
        new SeededBug(
            "a mark of missing material never expires",
            CORE + "domain/key/KmsKey.java",
            "missingIn != 0 && missingIn == attempt",
            "missingIn != 0"),
        new SeededBug(
            "a wrong encryption context is accepted",
            CORE + "domain/crypto/CiphertextBlob.java",
            "return context.writeTo(target, HEADER_LENGTH);",
            "return HEADER_LENGTH;"),
        new SeededBug(
            "a deletion window ends a day early",
            CORE + "domain/key/DeletionWindow.java",
            "Duration.ofDays(days)",
            "Duration.ofDays(days - 1)"),
        new SeededBug(
            "an alias survives its key",
            CORE + "service/Catalog.java",
            "      aliases.remove(name);\n    }\n    aliasesByKey",
            "    }\n    aliasesByKey"),
        new SeededBug(
            "a password that reached every HSM is forgotten",
            CORE + "service/Connector.java",
            "store -> store.withPasswords(secret.get(), null)",
            "store -> store.withPasswords(store.password(), null)"),
        new SeededBug(
            "a cancelled deletion destroys the material all the same",
            CORE + "service/Deletions.java",
            "      return;\n    }\n    catalog.forgetKey(id);",
            "      if (entry != null) { destroyMaterial(entry); }\n      return;\n    }\n"
                + "    catalog.forgetKey(id);"),
        new SeededBug(
            "an HSM that starts again takes no key along that its model lacks",
            SIM + "NodeCopies.java",
            "onlyHere = keysLackedBy(model, node)",
            "onlyHere = List.of()"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void bug_isFoundWithinTheUsualSeeds_inAFewSteps(SeededBug bug, @TempDir Path directory)
      throws Exception {
    Path failures = directory.resolve("failures");

    String report =
        bug.report(directory, "seeds=" + Simulation.USUAL_SEEDS, "failures=" + failures);

    assertThat(report).contains(" fails: ", "-Psimulate package -Dscenario=");
    try (Stream<Path> files = Files.list(failures)) {
      for (Path scenario : files.toList()) {
        assertThat(History.parse(Files.readString(scenario)).steps())
            .as(report)
            .hasSizeLessThanOrEqualTo(FEW);
        Simulation.replay(scenario); // nothing is wrong without the bug
      }
    }
  }
}
