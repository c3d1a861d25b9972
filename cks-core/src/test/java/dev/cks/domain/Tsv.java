package dev.cks.domain;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the published tables: comments, a line of column names, rows. */
public final class Tsv {
  private Tsv() {}

  /** Each row of a table as column name → cell, in the file's order. */
  public static List<Map<String, String>> rows(String file) {
    List<String> lines =
        text(file).lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();
    List<String> columns = cells(lines.get(0));
    List<Map<String, String>> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      rows.add(row(columns, cells(line)));
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }

  private static Map<String, String> row(List<String> columns, List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalStateException(columns.size() + " columns expected: " + cells);
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      row.put(columns.get(i), cells.get(i));
    }
    return row;
  }

  private static String text(String file) {
    try (InputStream in = Tsv.class.getResourceAsStream("/dev/cks/tck/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
