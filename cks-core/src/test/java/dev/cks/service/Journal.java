package dev.cks.service;

import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes events down as text, all that is in them but the ids of events and requests. Drawn ids get
 * names in the order in which they appear: {@code id1}, {@code store1} and so on.
 */
final class Journal implements AuditSink {
  private static final String ARN = "arn:aws:kms:us-east-1:111122223333:";
  private static final Pattern DRAWN =
      Pattern.compile(
          "cks-([0-9a-f]{2})\\1{7}."
              + "|([0-9a-f]{2})\\2{3}-\\2{2}-4.\\2-..\\2-\\2{6}"
              + "|([0-9a-f]{2})\\3{31}"
              + "|([0-9a-f]{2})\\4{15}");

  private final List<AuditEvent> events = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  @Override
  public boolean wants(String operation, boolean success) {
    return true;
  }

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /** The events since the last time somebody asked. */
  List<AuditEvent> events() {
    List<AuditEvent> seen = List.copyOf(events);
    events.clear();
    return seen;
  }

  /** The same as text. */
  String text() {
    StringBuilder out = new StringBuilder();
    events().forEach(event -> write(event, out));
    return named(out.toString());
  }

  private static void write(AuditEvent event, StringBuilder out) {
    out.append(event.name())
        .append(event.readOnly() ? " (read) " : " ")
        .append(event.eventType())
        .append(' ')
        .append(event.time())
        .append('\n');
    line(out, "request", event.requestParameters());
    line(out, "response", event.responseElements());
    line(out, "additional", event.additionalEventData());
    event.resources().forEach(resource -> line(out, resource.type(), resource.arn()));
    line(out, "error", event.errorCode());
    line(out, "message", event.errorMessage());
  }

  private static void line(StringBuilder out, String name, @Nullable Object value) {
    if (value != null) {
      out.append("  ").append(name).append(' ').append(value).append('\n');
    }
  }

  /** A text with names for its drawn ids. */
  String named(String text) {
    StringBuilder out = new StringBuilder();
    Matcher drawn = DRAWN.matcher(text.replace(ARN, "ARN:"));
    while (drawn.find()) {
      drawn.appendReplacement(out, names.computeIfAbsent(drawn.group(), this::newName));
    }
    return drawn.appendTail(out).toString();
  }

  private String newName(String id) {
    String kind =
        id.startsWith("cks-")
            ? "store"
            : id.contains("-") ? "id" : id.length() == 64 ? "grant" : "material";
    return kind + (1 + names.values().stream().filter(name -> name.startsWith(kind)).count());
  }
}
