package dev.cks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What was measured on one JDK: a line for each row and round, kept as a file of columns separated
 * by tabs. Ratios are made within a round; the median over the rounds is what is told.
 */
final class Figures {

  /**
   * One fork.
   *
   * @param cpu nanoseconds of CPU time a call
   * @param elapsed nanoseconds that passed
   * @param bytes bytes allocated
   */
  record Figure(String row, int round, double cpu, double elapsed, double bytes) {
    private String line() {
      return String.format(
          Locale.ROOT, "%s\t%d\t%.1f\t%.1f\t%.1f", row, round, cpu, elapsed, bytes);
    }

    private static Figure parse(String line) {
      String[] column = line.split("\t", -1);
      return new Figure(
          column[0],
          Integer.parseInt(column[1]),
          Double.parseDouble(column[2]),
          Double.parseDouble(column[3]),
          Double.parseDouble(column[4]));
    }
  }

  private final String jdk;
  private final Map<String, Map<Integer, Figure>> rows = new LinkedHashMap<>();

  Figures(String jdk) {
    this.jdk = jdk;
  }

  /** The Java version, as {@code 17.0.15}. */
  String jdk() {
    return jdk;
  }

  void add(Figure figure) {
    rows.computeIfAbsent(figure.row(), row -> new LinkedHashMap<>()).put(figure.round(), figure);
  }

  Set<String> rows() {
    return new LinkedHashSet<>(rows.keySet());
  }

  /** The number of the Java version, as {@code 17}. */
  int feature() {
    return Runtime.Version.parse(jdk).feature();
  }

  /** These, but where another run has the same rows, that run's. */
  Figures replacedBy(Figures run) {
    Figures both = new Figures(run.jdk);
    both.rows.putAll(rows);
    both.rows.putAll(run.rows);
    return both;
  }

  /** The median of a row; NaN if it was not measured. */
  double median(String row, ToDoubleFunction<Figure> of) {
    return median(rows.getOrDefault(row, Map.of()).values().stream().mapToDouble(of).toArray());
  }

  /** The median over the rounds of something made from several rows of one round. */
  double median(List<String> of, ToDoubleFunction<Map<String, Figure>> formula) {
    List<Double> values = new ArrayList<>();
    for (int round : rows.getOrDefault(of.get(0), Map.of()).keySet()) {
      Map<String, Figure> figures = new LinkedHashMap<>();
      for (String row : of) {
        Figure figure = rows.getOrDefault(row, Map.of()).get(round);
        if (figure != null) {
          figures.put(row, figure);
        }
      }
      if (figures.size() == Set.copyOf(of).size()) {
        values.add(formula.applyAsDouble(figures));
      }
    }
    return median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  static Figures read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    Figures figures = new Figures(lines.get(0).substring("# JDK ".length()));
    lines.stream().filter(line -> !line.startsWith("#")).map(Figure::parse).forEach(figures::add);
    return figures;
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("# JDK " + jdk);
    lines.add("# row\tround\tCPU ns\telapsed ns\tbytes");
    rows.values().forEach(rounds -> rounds.values().forEach(figure -> lines.add(figure.line())));
    Files.createDirectories(file.getParent());
    Files.write(file, lines);
  }
}
