package dev.cks.service;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON where CloudTrail has it inside a string: flat objects of texts, and lists of them. */
final class CloudTrailJson {
  private static final int FIRST_PRINTABLE = 0x20;

  private CloudTrailJson() {}

  static String list(List<Map<String, String>> objects) {
    return objects.stream().map(CloudTrailJson::object).collect(Collectors.joining(",", "[", "]"));
  }

  static String object(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + text(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(String value) {
    StringBuilder out = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE) {
        out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** An object's members in the order they are given: name, value, name, value. */
  static Map<String, String> members(String... namesAndValues) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return members;
  }
}
