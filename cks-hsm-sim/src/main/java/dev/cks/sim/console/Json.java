package dev.cks.sim.console;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, texts, numbers and booleans as JSON, keys in the order of the map. */
final class Json {
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String write(Object value) {
    Json json = new Json();
    json.value(value, "");
    return json.out.append('\n').toString();
  }

  private void value(Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      object(map, indent);
    } else if (value instanceof List<?> list) {
      array(list, indent);
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(value.toString());
    }
  }

  private void object(Map<?, ?> map, String indent) {
    out.append('{');
    String inner = indent + "  ";
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      out.append('\n').append(inner);
      text(entry.getKey().toString());
      out.append(": ");
      value(entry.getValue(), inner);
      out.append(i.hasNext() ? "," : "\n" + indent);
    }
    out.append('}');
  }

  private void array(List<?> list, String indent) {
    out.append('[');
    String inner = indent + "  ";
    for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
      out.append('\n').append(inner);
      value(i.next(), inner);
      out.append(i.hasNext() ? "," : "\n" + indent);
    }
    out.append(']');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (c < ' ' || Character.isSurrogate(c)) {
          out.append(Numbers.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
