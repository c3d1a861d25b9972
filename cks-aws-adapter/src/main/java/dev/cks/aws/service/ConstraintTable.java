package dev.cks.aws.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/**
 * One operation's part of a file of constraints, by the path of the member. A pattern is compiled
 * when it is first needed.
 */
final class ConstraintTable {

  /** One line of the file. Without a range, any length or number is right. */
  record Row(
      String type,
      boolean required,
      boolean sensitive,
      int min,
      int max,
      List<String> values,
      @Nullable String pattern) {
    static final Row FREE = new Row("", false, false, 0, Integer.MAX_VALUE, List.of(), null);

    private static Row parse(String[] column) {
      String range = column(column, 4);
      String rule = column(column, 5);
      boolean pattern = rule.startsWith("/");
      int dots = range.indexOf("..");
      return new Row(
          column[2],
          column(column, 3).contains("required"),
          column(column, 3).contains("sensitive"),
          dots < 0 ? Integer.MIN_VALUE : Integer.parseInt(range.substring(0, dots)),
          dots < 0 ? Integer.MAX_VALUE : Integer.parseInt(range.substring(dots + 2)),
          pattern || rule.isEmpty() ? List.of() : List.of(rule.split("\\|", -1)),
          pattern ? rule.substring(1, rule.length() - 1) : null);
    }

    private static String column(String[] columns, int index) {
      return index < columns.length ? columns[index] : "";
    }
  }

  private final Map<String, Row> rows = new LinkedHashMap<>();

  /** All tables of a file, by operation. */
  static Map<String, ConstraintTable> read(URL file) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
      Map<String, ConstraintTable> tables = new HashMap<>();
      // no streams, of which a program that starts has none yet
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] column = line.split("\t", -1);
          tableFor(column[0], tables).rows.put(column[1], Row.parse(column));
        }
      }
      return tables;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConstraintTable tableFor(String operation, Map<String, ConstraintTable> tables) {
    ConstraintTable known = tables.get(operation);
    if (known == null) {
      known = new ConstraintTable();
      tables.put(operation, known);
    }
    return known;
  }

  Map<String, Row> rows() {
    return rows;
  }

  /** The rules of the structure at {@code path}, bound to the SDK's accessors. */
  StructureRule bind(String path, List<SdkField<?>> fields) {
    List<StructureRule.Member> members = new ArrayList<>();
    for (SdkField<?> field : fields) {
      String memberPath = path + field.memberName();
      Row row = rows.getOrDefault(memberPath, Row.FREE);
      ValueRule rule = rule(row, memberPath, field);
      if (row.required() || rule != ValueRule.ANYTHING) {
        members.add(
            new StructureRule.Member(field, label(field.memberName()), row.required(), rule));
      }
    }
    return new StructureRule(members.toArray(StructureRule.Member[]::new));
  }

  private ValueRule rule(Row row, String path, SdkField<?> field) {
    return switch (row.type()) {
      case "string" -> new ValueRule.Text(row);
      case "blob" -> new ValueRule.Blob(row);
      case "integer" -> new ValueRule.Range(row);
      case "list" -> new ValueRule.Elements(row, element(path + "[]", field));
      case "structure" -> bind(path + ".", field.constructor().get().sdkFields());
      default -> isMap(field) ? pairs(row, path) : ValueRule.ANYTHING;
    };
  }

  private ValueRule pairs(Row row, String path) {
    Row keys = rows.getOrDefault(path + "{key}", Row.FREE);
    return new ValueRule.Pairs(row, new ValueRule.Text(keys));
  }

  private ValueRule element(String path, SdkField<?> list) {
    SdkField<?> element = list.getTrait(ListTrait.class).memberFieldInfo();
    return rule(rows.getOrDefault(path, Row.FREE), path, element);
  }

  private static boolean isMap(SdkField<?> field) {
    return field.marshallingType() == MarshallingType.MAP;
  }

  private static String label(String memberName) {
    return memberName.substring(0, 1).toLowerCase(Locale.ROOT) + memberName.substring(1);
  }
}
