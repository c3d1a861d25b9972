package dev.cks.aws.doctor.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Boxes and the arrows between them, as SVG; boxes that are current stand out. Not thread-safe. */
final class StateDrawing {
  private static final int HALF_WIDTH = 66;
  private static final int HALF_HEIGHT = 20;

  /** How far an arrow and the one that comes back lie apart. */
  private static final double LANE = 9;

  /** An arrow that goes less to the side than this is upright. */
  private static final double UPRIGHT = 0.3;

  private record Box(int x, int y) {}

  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final Markup svg = new Markup();

  /**
   * A drawing.
   *
   * @param label what it shows, for those who cannot see it
   */
  StateDrawing(int width, int height, String label) {
    svg.open(
        "svg",
        "class=\"states\" role=\"img\" viewBox=\"0 0 "
            + width
            + ' '
            + height
            + "\" aria-label=\""
            + Markup.escape(label)
            + '"');
    svg.raw(
        "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\""
            + " markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>");
  }

  /** A frame around states that look alike from outside. */
  void frame(int x, int y, int width, int height, String title, boolean current) {
    svg.raw(
        "<rect class=\"frame"
            + (current ? " current" : "")
            + "\" x=\""
            + x
            + "\" y=\""
            + y
            + "\" width=\""
            + width
            + "\" height=\""
            + height
            + "\" rx=\"10\"/>");
    text(x + 12.0, y + 18.0, "frame-title" + (current ? " current-text" : ""), title);
  }

  /**
   * A state.
   *
   * @param x its middle
   * @param y its middle
   * @param note a second line; may be empty
   */
  void box(String state, int x, int y, boolean current, String note) {
    boxes.put(state, new Box(x, y));
    svg.raw(
        "<rect class=\"state"
            + (current ? " current" : "")
            + "\" x=\""
            + (x - HALF_WIDTH)
            + "\" y=\""
            + (y - HALF_HEIGHT)
            + "\" width=\""
            + 2 * HALF_WIDTH
            + "\" height=\""
            + 2 * HALF_HEIGHT
            + "\" rx=\"8\"/>");
    String style = "name" + (current ? " current-text" : "");
    text(x, note.isEmpty() ? y + 4.0 : y - 2.0, style, state);
    if (!note.isEmpty()) {
      text(x, y + 13.0, "note" + (current ? " current-text" : ""), note);
    }
  }

  /** An arrow between two boxes that are there already. */
  void arrow(String from, String to, String label) {
    Box start = boxes.get(from);
    Box end = boxes.get(to);
    if (start == null || end == null) {
      throw new IllegalStateException("no box for " + from + " or " + to);
    }
    double length = Math.hypot(end.x - start.x, end.y - start.y);
    double dx = (end.x - start.x) / length;
    double dy = (end.y - start.y) / length;
    double cut = edge(dx, dy);
    double x1 = start.x - dy * LANE + dx * cut;
    double y1 = start.y + dx * LANE + dy * cut;
    double x2 = end.x - dy * LANE - dx * cut;
    double y2 = end.y + dx * LANE - dy * cut;
    svg.raw(
        "<path class=\"arrow\" d=\"M"
            + number(x1)
            + ' '
            + number(y1)
            + ' '
            + number(x2)
            + ' '
            + number(y2)
            + "\"/>");
    text((x1 + x2) / 2 - dy * 4, (y1 + y2) / 2 + dx * 4 + 4, "edge" + side(dx, dy), label);
  }

  /** The words at an upright arrow stand beside it, away from the arrow that comes back. */
  private static String side(double dx, double dy) {
    if (Math.abs(dx) > UPRIGHT) {
      return "";
    }
    return dy > 0 ? " left" : " right";
  }

  /** How far from the middle of a box its border is, in a direction. */
  private static double edge(double dx, double dy) {
    double sideways = Math.abs(dx) < 1e-9 ? Double.MAX_VALUE : HALF_WIDTH / Math.abs(dx);
    double upwards = Math.abs(dy) < 1e-9 ? Double.MAX_VALUE : HALF_HEIGHT / Math.abs(dy);
    return Math.min(sideways, upwards) + 2;
  }

  private void text(double x, double y, String style, String words) {
    svg.element(
        "text", "class=\"" + style + "\" x=\"" + number(x) + "\" y=\"" + number(y) + '"', words);
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  String write() {
    svg.close("svg");
    return svg.toString();
  }
}
