package dev.cks.tck.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The published tables, read for keys in custom key stores. Cells are looked up by the words of the
 * files; no code is shared with the library's own tables.
 */
final class PublishedTables {
  /** What a lookup answers when the operation is permitted. */
  static final String PERMITTED = "ok";

  /** Read once; never changed. */
  static final PublishedTables SHARED = new PublishedTables();

  private final Map<String, Map<String, String>> keys = read("key-states.tsv");
  private final Map<String, Map<String, String>> notes = read("key-state-notes.tsv");
  private final Map<String, Map<String, String>> connections = read("connection-states.tsv");

  /** Answers looked up before, by operation and state. */
  private final Map<String, Map<String, String>> answers = new ConcurrentHashMap<>();

  /** Permitted, or the exception that an operation on a key in this state answers. */
  String onKey(String operation, String state) {
    return answers
        .computeIfAbsent(operation, row -> new ConcurrentHashMap<>())
        .computeIfAbsent(state, column -> lookUp(operation, column));
  }

  private String lookUp(String operation, String state) {
    String published = cell(keys, operation, state);
    if (!published.startsWith("X") && !published.startsWith("?")) {
      return PERMITTED;
    }
    String[] note = published.replaceAll("[^0-9/]", "").split("/", -1);
    // of alternatives the last one holds for a key in a custom key store, except for note 16
    String holds = note[note.length - 1].equals("16") ? note[0] : note[note.length - 1];
    return cell(notes, holds, "Exception");
  }

  /** The state that a trigger leads to, or empty if it is refused or stale. */
  String next(String trigger, String connection) {
    String published = cell(connections, trigger, connection);
    return published.equals("X") || published.equals("-") ? "" : published;
  }

  /** The exception with which a trigger is refused. */
  String refusal(String trigger) {
    return cell(connections, trigger, "Refusal");
  }

  private static String cell(Map<String, Map<String, String>> table, String row, String column) {
    return Objects.requireNonNull(
        Objects.requireNonNull(table.get(row), row).get(column), () -> row + " " + column);
  }

  private static Map<String, Map<String, String>> read(String file) {
    List<String[]> lines =
        text(file)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("\t", -1))
            .toList();
    String[] columns = lines.get(0);
    Map<String, Map<String, String>> rows = new HashMap<>();
    for (String[] line : lines.subList(1, lines.size())) {
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], line[i]);
      }
      rows.put(line[0], row);
    }
    return rows;
  }

  private static String text(String file) {
    try (InputStream in = PublishedTables.class.getResourceAsStream("/dev/cks/tck/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
