package dev.cks.local.scenario;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** Looks into what an AWS service answered, by paths like {@code Hsms[0].State}. */
final class Answer {
  private final SdkPojo answer;

  Answer(SdkPojo answer) {
    this.answer = answer;
  }

  /** The value as text; empty if there is none. {@code Hsms.length} is how many there are. */
  String text(String path) {
    Object value = value(path);
    if (value == null) {
      return "";
    }
    return value instanceof Instant instant
        ? instant.toString()
        : value instanceof SdkBytes bytes
            ? new String(bytes.asByteArray(), StandardCharsets.UTF_8)
            : value.toString();
  }

  byte[] bytes(String path) {
    Object value = value(path);
    return value instanceof SdkBytes bytes
        ? bytes.asByteArray()
        : text(path).getBytes(StandardCharsets.UTF_8);
  }

  private Object value(String path) {
    Object at = answer;
    for (String name : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
      at = at == null ? null : step(at, name);
    }
    return at;
  }

  private static Object step(Object at, String name) {
    if (at instanceof List<?> list) {
      return element(list, name);
    }
    if (at instanceof Map<?, ?> map) {
      return map.get(name);
    }
    for (SdkField<?> field : ((SdkPojo) at).sdkFields()) {
      if (field.memberName().equals(name)) {
        return field.getValueOrDefault(at);
      }
    }
    throw new IllegalArgumentException("nothing is called " + name);
  }

  private static Object element(List<?> list, String name) {
    if (name.equals("length")) {
      return list.size();
    }
    int index = Integer.parseInt(name);
    return index < list.size() ? list.get(index) : null;
  }
}
