package dev.cks.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KeyStateTable;
import dev.cks.domain.key.Verdict;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable;
import dev.cks.domain.keystore.ConnectionTable.Trigger;
import dev.cks.domain.keystore.KeyStoreId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/state-diagrams.md} equal to what the two tables say. */
class StateDiagramsTest {
  private static final Path PAGE =
      Path.of(Objects.requireNonNull(System.getProperty("cks.root")), "docs/state-diagrams.md");
  private static final KeyHome CUSTOM = new KeyHome.Custom(new KeyStoreId("cks-0"));

  @Test
  void page_comparedWithTheTables_isUpToDate() throws IOException {
    String page = String.join("\n", page()) + "\n";
    if (Boolean.getBoolean("cks.regenerate")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as(
            "stale: run  mvn -pl cks-core test -Dtest=StateDiagramsTest -Dcks.regenerate=true"
                + "  and read the difference")
        .hasContent(page);
  }

  private static List<String> page() {
    List<String> page = new ArrayList<>();
    page.add("# State diagrams");
    page.add("");
    page.add(
        "Generated from `KeyStateTable` and `ConnectionTable`; a test fails when it is stale.");
    page.add("");
    page.add("## Connection of a key store");
    page.add("");
    page.addAll(connectionDiagram());
    page.add("");
    page.add(
        "What a caller asks for and does not find here is refused; a result that is not listed"
            + " belongs to an earlier attempt and is dropped.");
    page.add("");
    page.addAll(connectionTable());
    page.add("");
    page.add("## Life of a key");
    page.add("");
    page.addAll(lifecycleDiagram());
    page.add("");
    page.add(
        "A key stores one of these three. It shows `Unavailable` instead of `Enabled` or"
            + " `Disabled` while its key store is anything but connected.");
    page.add("");
    page.add("## Operations on a key");
    page.add("");
    page.add("An empty cell is permitted. " + legend());
    page.add("");
    page.addAll(keyTable());
    return page;
  }

  private static List<String> connectionDiagram() {
    List<String> lines = new ArrayList<>(List.of("```mermaid", "stateDiagram-v2"));
    lines.add("    [*] --> DISCONNECTED : create");
    for (ConnectionState from : ConnectionState.values()) {
      for (Trigger on : Trigger.values()) {
        ConnectionTable.next(from, on)
            .filter(to -> to != from)
            .ifPresent(to -> lines.add("    " + from + " --> " + to + " : " + words(on)));
      }
    }
    for (ConnectionState from : ConnectionState.values()) {
      if (ConnectionTable.permits(from, Trigger.DELETE)) {
        lines.add("    " + from + " --> [*] : delete");
      }
    }
    lines.add("```");
    return lines;
  }

  private static List<String> connectionTable() {
    List<String> lines = new ArrayList<>();
    List<String> states = Arrays.stream(ConnectionState.values()).map(Enum::name).toList();
    lines.add(line("Trigger", states));
    lines.add(line("---", states.stream().map(state -> "---").toList()));
    for (Trigger on : Trigger.values()) {
      lines.add(
          line(
              words(on),
              Arrays.stream(ConnectionState.values()).map(from -> cell(from, on)).toList()));
    }
    return lines;
  }

  private static String cell(ConnectionState from, Trigger on) {
    return ConnectionTable.next(from, on).map(to -> to == from ? "ok" : "→ " + to).orElse("✗");
  }

  private static List<String> lifecycleDiagram() {
    List<String> lines = new ArrayList<>(List.of("```mermaid", "stateDiagram-v2"));
    lines.add("    [*] --> Enabled : CreateKey");
    for (KeyLifecycle from : KeyLifecycle.values()) {
      for (KeyOperation operation : KeyOperation.values()) {
        KeyLifecycle to = KeyStateTable.after(operation, from);
        if (to != from && permitted(operation, from)) {
          lines.add("    " + name(from) + " --> " + name(to) + " : " + operation.wireName());
        }
      }
    }
    lines.add("    PendingDeletion --> [*] : the window ends");
    lines.add("```");
    return lines;
  }

  private static boolean permitted(KeyOperation operation, KeyLifecycle lifecycle) {
    return KeyStateTable.verdict(operation, shown(lifecycle), KeyHome.STANDARD)
        == Verdict.PERMITTED;
  }

  private static KeyState shown(KeyLifecycle lifecycle) {
    return KeyState.of(lifecycle, ConnectionState.CONNECTED, false);
  }

  private static String name(KeyLifecycle lifecycle) {
    return shown(lifecycle).wireName();
  }

  private static String legend() {
    return Arrays.stream(Verdict.values())
            .filter(verdict -> verdict.code() != null)
            .map(verdict -> "*" + words(verdict) + "*: `" + code(verdict) + "`")
            .collect(Collectors.joining("; "))
        + ". Where a key in a custom key store differs, its answer follows the slash.";
  }

  private static String code(Verdict verdict) {
    return Objects.requireNonNull(verdict.code()).wireName();
  }

  private static List<String> keyTable() {
    List<String> lines = new ArrayList<>();
    List<String> states = Arrays.stream(KeyState.values()).map(KeyState::wireName).toList();
    lines.add(line("Operation", append(states, "Becomes")));
    lines.add(line("---", append(states.stream().map(state -> "---").toList(), "---")));
    for (KeyOperation operation : KeyOperation.values()) {
      lines.add(line(operation.wireName(), append(cells(operation), becomes(operation))));
    }
    return lines;
  }

  private static List<String> cells(KeyOperation operation) {
    return Arrays.stream(KeyState.values()).map(state -> cell(operation, state)).toList();
  }

  private static String cell(KeyOperation operation, KeyState state) {
    Verdict standard = KeyStateTable.verdict(operation, state, KeyHome.STANDARD);
    Verdict custom = KeyStateTable.verdict(operation, state, CUSTOM);
    if (standard == custom) {
      return standard == Verdict.PERMITTED ? "" : words(standard);
    }
    return (standard == Verdict.PERMITTED ? "ok" : words(standard)) + " / " + words(custom);
  }

  private static String becomes(KeyOperation operation) {
    List<KeyLifecycle> results =
        Arrays.stream(KeyLifecycle.values())
            .map(lifecycle -> KeyStateTable.after(operation, lifecycle))
            .distinct()
            .toList();
    return results.size() == 1 ? name(results.get(0)) : "";
  }

  private static List<String> append(List<String> cells, String last) {
    return Stream.concat(cells.stream(), Stream.of(last)).toList();
  }

  private static String line(String first, List<String> rest) {
    return "| " + first + " | " + String.join(" | ", rest) + " |";
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
