package dev.cks.bench;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The figures as a page of Markdown. */
final class Page {
  @SuppressWarnings("InlineFormatString") // a page is easier to read by itself
  private static final String TEXT =
      """
      # What a call costs

      <!-- made from the .tsv files beside it by dev.cks.bench.Documents; a test keeps it in step -->

      `mvn -q -Pbench package` measures again, in less than ten minutes and with 5 GB of memory, prints the first table and writes this page;
      `-Pbench-full` does the same with all sizes, contexts and thread counts. `-Dbench.java=/path/to/bin/java` takes another JDK than Maven's: each JDK has a file
      of figures here. [What a call spends its time on](profile.md), and why that stays; [what many keys cost](many-keys.md), and why.

      ![bars](bars.svg)

      CPU time of the calling thread, per call. A row is the median over rounds; each round runs one fork of everything, so that a ratio compares what ran close
      together. *raw* is AES-256-GCM of the same JDK as an expert would write it: one `Cipher` kept, a counter as IV, the same associated data. The
      calls measured are those of `SimulatedAws.create()` as it is shipped: three HSMs, audit trail, fault hooks. Each makes its request and its encryption
      context anew. Read ratios; nanoseconds differ between machines, and from fork to fork.

      ## Bars

      %s
      ## Rows

      CPU nanoseconds and bytes allocated a call.

      %s""";

  private Page() {}

  static String of(List<Figures> jdks) {
    return String.format(Locale.ROOT, TEXT, bars(jdks), rows(jdks));
  }

  /** What is printed: a line for each bar. */
  static String bars(List<Figures> jdks) {
    StringBuilder table = new StringBuilder("| work | beside | bar | aim |");
    jdks.forEach(figures -> table.append(" JDK ").append(figures.jdk()).append(" |"));
    table.append("\n|---|---|--:|--:|").append("--:|".repeat(jdks.size())).append('\n');
    for (Bar bar : Bar.all()) {
      table
          .append("| ")
          .append(bar.work())
          .append(" | ")
          .append(bar.against())
          .append(" | ")
          .append(bar.tell(bar.bar()))
          .append(" | ")
          .append(bar.tell(bar.aim()))
          .append(" |");
      for (Figures figures : jdks) {
        table.append(' ').append(told(bar, bar.of(figures))).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String told(Bar bar, double figure) {
    String text = bar.tell(figure);
    return Double.isNaN(figure) || bar.isMetBy(figure) ? text : "**" + text + " missed**";
  }

  private static String rows(List<Figures> jdks) {
    StringBuilder table = new StringBuilder("| row |");
    for (Figures figures : jdks) {
      table.append(" JDK ").append(figures.feature()).append(", ns | B |");
    }
    table.append("\n|---|").append("--:|--:|".repeat(jdks.size())).append('\n');
    Set<String> rows = new LinkedHashSet<>();
    jdks.forEach(figures -> rows.addAll(figures.rows()));
    for (String row : rows) {
      table.append("| `").append(row).append("` |");
      for (Figures figures : jdks) {
        table.append(cell(figures, row, Figures.Figure::cpu));
        table.append(cell(figures, row, Figures.Figure::bytes));
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String cell(Figures figures, String row, ToDoubleFunction<Figures.Figure> of) {
    double median = figures.median(row, of);
    return Double.isNaN(median) ? " – |" : String.format(Locale.ROOT, " %.0f |", median);
  }
}
