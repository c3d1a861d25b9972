package dev.cks.domain.key;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cks.domain.Tsv;
import dev.cks.domain.error.KmsException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares {@link KeyStateTable} with the published table, cell by cell. Where the table offers
 * alternatives, {@link #noteThatHolds} says which one holds here.
 */
class KeyStateTableTest {
  private static final List<Map<String, String>> ROWS = Tsv.rows("key-states.tsv");
  private static final Map<String, Map<String, String>> NOTES =
      Tsv.rows("key-state-notes.tsv").stream().collect(toMap(row -> row.get("Note"), row -> row));
  private static final Pattern CELL = Pattern.compile("(ok|X|\\?|-)(?:\\[([0-9/]+)])?");

  /** One cell of the table, for one kind of key. */
  record Cell(KeyOperation operation, KeyState state, KeyHome home, String published) {
    @Override
    public String toString() {
      return operation.wireName()
          + " on "
          + state.wireName()
          + " "
          + home.origin()
          + " key: "
          + published;
    }
  }

  static Stream<Cell> cells() {
    return ROWS.stream().flatMap(KeyStateTableTest::cellsOf);
  }

  private static Stream<Cell> cellsOf(Map<String, String> row) {
    KeyOperation operation = operation(row.get("Operation"));
    return Stream.of(KeyHome.STANDARD, Keys.CUSTOM)
        .flatMap(
            home ->
                Arrays.stream(KeyState.values())
                    .map(state -> new Cell(operation, state, home, row.get(state.wireName()))));
  }

  private static KeyOperation operation(String wireName) {
    return Arrays.stream(KeyOperation.values())
        .filter(operation -> operation.wireName().equals(wireName))
        .findAny()
        .orElseThrow(() -> new IllegalStateException("no such operation: " + wireName));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void verdict_ofEachCell_isThePublishedOne(Cell cell) {
    Verdict verdict = KeyStateTable.verdict(cell.operation(), cell.state(), cell.home());
    String note = noteThatHolds(cell);
    if (note.isEmpty()) {
      assertThat(verdict).as("%s", cell).isEqualTo(Verdict.PERMITTED);
    } else {
      assertThat(verdict).as("%s", cell).isNotEqualTo(Verdict.PERMITTED);
      assertRefusal(cell, verdict.refusal(Keys.in(cell.home())), NOTES.get(note));
    }
  }

  private static void assertRefusal(Cell cell, KmsException refusal, Map<String, String> note) {
    String message = note.get("Message").replace("<arn>", Keys.ARN);
    assertThat(refusal.code().wireName()).as("%s", cell).isEqualTo(note.get("Exception"));
    assertThat(refusal)
        .as("%s", cell)
        .hasMessage(message.replace("<origin>", cell.home().origin()));
  }

  /** The footnote that refuses; empty if the operation is permitted. */
  private static String noteThatHolds(Cell cell) {
    String row = String.join(" ", rowOf(cell.operation()).values());
    if (mentions(row, "9")) {
      return "9"; // no key here has imported material, whatever its state
    }
    if (mentions(row, "7") && cell.home() instanceof KeyHome.Custom) {
      return "7"; // keys in custom key stores never rotate, whatever their state
    }
    Matcher parts = CELL.matcher(cell.published());
    assertThat(parts.matches()).as(cell.published()).isTrue();
    return switch (parts.group(1)) {
      case "ok", "-" -> ""; // "-": the key's usage refuses, not its state
      case "?" -> parts.group(2).equals("10") ? "10" : "";
      default -> choose(List.of(parts.group(2).split("/")));
    };
  }

  private static String choose(List<String> notes) {
    if (notes.contains("3")) {
      return "3"; // what the service is seen to answer, rather than 2
    }
    if (notes.contains("1")) {
      return "1"; // a standard key: 7 does not apply
    }
    if (notes.contains("11")) {
      return "11"; // state comes before usage, hence before 16
    }
    return notes.get(0);
  }

  private static boolean mentions(String row, String note) {
    return Pattern.compile("[\\[/]" + note + "[]/]").matcher(row).find();
  }

  private static Map<String, String> rowOf(KeyOperation operation) {
    return ROWS.stream()
        .filter(row -> operation.wireName().equals(row.get("Operation")))
        .findAny()
        .orElseThrow();
  }

  @Test
  void publishedTable_hasARowForEveryOperation_andNoOther() {
    assertThat(ROWS.stream().map(row -> row.get("Operation")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(KeyOperation.values()).map(KeyOperation::wireName).toList());
  }

  @Test
  void footnotes_ofTheTable_areAllExplained() {
    assertThat(
            ROWS.stream()
                .flatMap(row -> row.values().stream())
                .map(CELL::matcher)
                .filter(cell -> cell.matches() && cell.group(2) != null)
                .flatMap(cell -> Stream.of(cell.group(2).split("/")))
                .collect(toSet()))
        .isSubsetOf(NOTES.keySet());
  }

  @ParameterizedTest
  @EnumSource(KeyOperation.class)
  void lifecycle_afterAnOperation_isTheDocumentedOne(KeyOperation operation) {
    for (KeyLifecycle before : KeyLifecycle.values()) {
      assertThat(KeyStateTable.after(operation, before)).isEqualTo(documented(operation, before));
    }
  }

  private static KeyLifecycle documented(KeyOperation operation, KeyLifecycle before) {
    return switch (operation) {
      case ENABLE_KEY -> KeyLifecycle.ENABLED;
      case DISABLE_KEY -> KeyLifecycle.DISABLED;
      case CANCEL_KEY_DELETION -> KeyLifecycle.DISABLED; // never enabled, whatever it was before
      case SCHEDULE_KEY_DELETION -> KeyLifecycle.PENDING_DELETION;
      default -> before;
    };
  }

  @Test
  void permission_askedForItsRefusal_isABug() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Verdict.PERMITTED.refusal(Keys.in(KeyHome.STANDARD)));
  }
}
