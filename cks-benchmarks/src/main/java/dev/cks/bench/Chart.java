package dev.cks.bench;

import java.util.List;
import java.util.Locale;

/** The ratios beside their bars, as an SVG picture. */
final class Chart {
  private static final int ROW = 22;
  private static final int LEFT = 400;
  private static final int WIDTH = 400;
  private static final double MOST = 2.0;
  private static final List<String> COLOURS = List.of("#4477aa", "#ee9944", "#66aa77");

  private Chart() {}

  static String of(List<Figures> jdks) {
    List<Bar> ratios = Bar.all().stream().filter(Bar::isRatio).toList();
    int height = (ratios.size() * (jdks.size() + 1) + 3) * ROW / 2 + ROW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"11\">%n",
            LEFT + WIDTH + 60,
            height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    text(svg, 8, 14, "CPU time over what it is measured against; the line is the bar");
    for (int i = 0; i < jdks.size(); i++) {
      int x = LEFT + 90 * i;
      rect(svg, x, 5, 10, 10, COLOURS.get(i % COLOURS.size()));
      text(svg, x + 14, 14, "JDK " + jdks.get(i).feature());
    }
    int y = ROW + 8;
    for (Bar bar : ratios) {
      text(svg, 8, y + 10 * jdks.size() / 2 + 4, bar.work() + " : " + bar.against());
      for (int i = 0; i < jdks.size(); i++) {
        double figure = bar.of(jdks.get(i));
        if (!Double.isNaN(figure)) {
          int at = y + 11 * i;
          rect(svg, LEFT, at, x(figure), 9, COLOURS.get(i % COLOURS.size()));
          text(svg, LEFT + x(figure) + 4, at + 9, bar.tell(figure));
        }
      }
      int line = LEFT + x(bar.bar());
      svg.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#aa2222\"/>%n",
              line,
              y - 2,
              line,
              y + 11 * jdks.size()));
      y += 11 * (jdks.size() + 1);
    }
    return svg.append("</svg>\n").toString();
  }

  private static int x(double ratio) {
    return (int) Math.round(Math.min(ratio, MOST) / MOST * WIDTH);
  }

  private static void rect(StringBuilder svg, int x, int y, int width, int height, String colour) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
            x,
            y,
            width,
            height,
            colour));
  }

  private static void text(StringBuilder svg, int x, int y, String text) {
    svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", x, y, text));
  }
}
