package dev.cks.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.FaultPoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of KMS, every fault of the HSM side, every moment: what the caller hears, what is left
 * behind, and what repairs it. {@code fault-matrix.tsv} says it, and {@code docs/fault-matrix.md}
 * shows it.
 */
class KmsFaultMatrixTest {
  private static final String FILE = "fault-matrix.tsv";
  private static final String CANNOT = "cannot occur";
  private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("cks.root")));

  /** Each row's columns after those that name the cell. */
  private static final Map<MatrixCell, List<String>> ROWS = new LinkedHashMap<>();

  @BeforeAll
  static void read() throws IOException {
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.writeString(
          ROOT.resolve("cks-local/src/test/resources/dev/cks/local").resolve(FILE), played());
    }
    ROWS.clear();
    rows().forEach(row -> ROWS.put(MatrixCell.of(row), row.subList(5, row.size())));
  }

  private static Stream<List<String>> rows() throws IOException {
    Path fresh = ROOT.resolve("cks-local/src/test/resources/dev/cks/local").resolve(FILE);
    if (Boolean.getBoolean("cks.regenerate")) {
      return lines(Files.readString(fresh));
    }
    try (InputStream file = KmsFaultMatrixTest.class.getResourceAsStream(FILE)) {
      return lines(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8));
    }
  }

  private static Stream<List<String>> lines(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> Arrays.asList(line.split("\t", -1)));
  }

  /** What the code does now, to be read and compared with what was there. */
  private static String played() {
    return "# call, work, moment, fault, where; answer, afterwards, left behind, repair\n"
        + MatrixCell.all().stream()
            .map(cell -> line(cell, observed(cell)))
            .collect(Collectors.joining());
  }

  private static String line(MatrixCell cell, List<String> columns) {
    return String.join("\t", cell.columns()) + "\t" + String.join("\t", columns) + "\n";
  }

  private static List<String> observed(MatrixCell cell) {
    if (cell.whyImpossible().isPresent()) {
      return List.of(CANNOT, cell.whyImpossible().get());
    }
    try (MatrixPlay play = new MatrixPlay(cell.call(), cell.needsAnHsmWithoutTheKey())) {
      return play.play(cell.plan()).columns();
    }
  }

  static List<MatrixCell> possible() {
    return MatrixCell.all().stream().filter(cell -> cell.whyImpossible().isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("possible")
  void cell_struck_answersAsDocumented_andTheRepairRepairs(MatrixCell cell) {
    try (MatrixPlay play = new MatrixPlay(cell.call(), cell.needsAnHsmWithoutTheKey())) {
      MatrixResult result = play.play(cell.plan());

      assertThat(play.struck()).containsExactly(cell.fault());
      assertThat(result.columns()).isEqualTo(ROWS.get(cell));
      play.repair(MatrixResult.Repair.of(ROWS.get(cell).get(3)));
    }
  }

  @Test
  void file_comparedWithTheProductOfTheEnums_hasExactlyItsCells() {
    assertThat(ROWS.keySet()).containsExactlyElementsOf(MatrixCell.all());
    ROWS.forEach(
        (cell, columns) ->
            cell.whyImpossible()
                .ifPresentOrElse(
                    why -> assertThat(columns).as("%s", cell).containsExactly(CANNOT, why),
                    () -> assertThat(columns).as("%s", cell).hasSize(4)));
  }

  /** All works are in the matrix but for one that KMS never asks for. */
  @Test
  void works_ofAllCallsTogether_areAllWorks() {
    Set<FaultPoint> never = EnumSet.allOf(FaultPoint.class);
    List.of(KmsCall.values()).forEach(call -> never.removeAll(call.works()));

    assertThat(never).containsExactly(FaultPoint.LIST);
  }

  @ParameterizedTest
  @EnumSource(KmsCall.class)
  void call_underAPlanThatWatchesEveryWork_doesTheWorksThatItDeclares(KmsCall call) {
    String watching =
        """
        before each ATTACH: slow by 1 ms
        before each LOGIN: slow by 1 ms
        before each CHANGE_PASSWORD: slow by 1 ms
        before each GENERATE_KEY: slow by 1 ms
        before each FIND: slow by 1 ms
        before each LIST: slow by 1 ms
        before each DESTROY: slow by 1 ms
        before each ENCRYPT: slow by 1 ms
        before each DECRYPT: slow by 1 ms
        before each RANDOM: slow by 1 ms
        before each LOGOUT: slow by 1 ms
        before the 1st KEY_SYNC: storage full for 1 ms
        """;
    Set<FaultPoint> done = worksOf(call, watching);
    done.addAll(worksOf(call, "after each NODE_COPY: node down"));

    assertThat(done).containsExactlyInAnyOrderElementsOf(call.works());
  }

  private static Set<FaultPoint> worksOf(KmsCall call, String watching) {
    try (MatrixPlay play = new MatrixPlay(call, false)) {
      play.play(FaultPlan.script(watching).unbounded());
      return play.struck().stream().map(FaultCell::point).collect(Collectors.toSet());
    }
  }

  @Test
  void page_comparedWithTheFile_isUpToDate() throws IOException {
    Path file = ROOT.resolve("docs/fault-matrix.md");
    String page = MatrixPage.of(ROWS);
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.writeString(file, page);
    }
    assertThat(file)
        .as(
            "stale: run  mvn -pl cks-local -am test -Dtest=KmsFaultMatrixTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dcks.regenerate=true"
                + "  and read the difference")
        .hasContent(page);
  }
}
