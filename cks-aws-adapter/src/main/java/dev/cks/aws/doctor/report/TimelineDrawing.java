package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What happened, along a line from left to right: one lane for each key store, cluster or key, one
 * mark for each event. Time is drawn in proportion, but no two marks of a lane lie on each other.
 */
final class TimelineDrawing {
  private static final int WIDTH = 820;
  private static final int LEFT = 210;
  private static final int RIGHT = 790;
  private static final int LANE = 34;
  private static final int APART = 13;
  private static final int NAME_LIMIT = 30;

  private final List<TimelineEntry> entries;
  private final List<String> lanes;
  private final Markup svg = new Markup();

  private TimelineDrawing(List<TimelineEntry> entries) {
    this.entries = entries;
    this.lanes =
        new ArrayList<>(
            new LinkedHashSet<>(entries.stream().map(TimelineEntry::resource).toList()));
  }

  static String of(List<TimelineEntry> entries) {
    return entries.isEmpty() ? "" : new TimelineDrawing(entries).write();
  }

  private String write() {
    int bottom = lanes.size() * LANE + 14;
    svg.open(
        "svg",
        "class=\"timeline\" role=\"img\" aria-label=\"Timeline\" viewBox=\"0 0 "
            + WIDTH
            + ' '
            + (bottom + 26)
            + '"');
    for (int lane = 0; lane < lanes.size(); lane++) {
      lane(lane);
    }
    svg.element("text", at(LEFT, bottom + 16, "axis start"), Words.time(first()));
    svg.element("text", at(RIGHT, bottom + 16, "axis end"), Words.time(last()));
    return svg.close("svg").toString();
  }

  private void lane(int lane) {
    int y = lane * LANE + 22;
    svg.element("text", at(LEFT - 14, y + 4, "lane-name"), shortName(lanes.get(lane)));
    svg.raw("<path class=\"lane\" d=\"M" + LEFT + ' ' + y + ' ' + RIGHT + ' ' + y + "\"/>");
    double before = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).resource().equals(lanes.get(lane))) {
        before = Math.max(x(entries.get(i).when()), before + APART);
        mark(i, before, y);
      }
    }
  }

  private void mark(int index, double x, int y) {
    TimelineEntry entry = entries.get(index);
    svg.open("g", "class=\"" + (entry.errorCode() == null ? "mark" : "mark failed") + '"');
    svg.element("title", Words.time(entry.when()) + " " + entry.what());
    svg.raw("<circle cx=\"" + StateDrawing.number(x) + "\" cy=\"" + y + "\" r=\"7\"/>");
    svg.element(
        "text",
        "x=\"" + StateDrawing.number(x) + "\" y=\"" + (y + 3) + '"',
        String.valueOf(index + 1));
    svg.close("g");
  }

  private double x(Instant when) {
    double whole = Math.max(1, Duration.between(first(), last()).toMillis());
    return LEFT + 8 + (RIGHT - LEFT - 16) * (Duration.between(first(), when).toMillis() / whole);
  }

  private Instant first() {
    return entries.get(0).when();
  }

  private Instant last() {
    return entries.get(entries.size() - 1).when();
  }

  /** The end of a long name tells more than its beginning. */
  private static String shortName(String resource) {
    return resource.length() <= NAME_LIMIT
        ? resource
        : "…" + resource.substring(resource.length() - NAME_LIMIT);
  }

  private static String at(int x, int y, String style) {
    return "class=\"" + style + "\" x=\"" + x + "\" y=\"" + y + '"';
  }
}
