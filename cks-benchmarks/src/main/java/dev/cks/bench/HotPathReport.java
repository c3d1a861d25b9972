package dev.cks.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures calls beside the bare cipher, prints the bars, and writes {@code docs/benchmarks}.
 *
 * <p>Arguments: the directory to write to; {@code full} for all rows; then, for working on the hot
 * path, regular expressions of the rows to run, in which case nothing is written. {@code
 * -Dbench.rounds} is how often each row is run, {@code -Dbench.calls} how many calls an iteration
 * makes: with few, the report shows that it works, and no figure that means anything.
 */
public final class HotPathReport {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

  private HotPathReport() {}

  /** Runs it. */
  public static void main(String[] args) throws RunnerException, IOException {
    boolean full = args.length > 1 && args[1].equals("full");
    List<String> wanted = List.of(args).subList(Math.min(args.length, 2), args.length);
    List<Row> rows =
        (full ? Row.all() : Row.ofBars())
            .stream()
                .filter(row -> wanted.isEmpty() || wanted.stream().anyMatch(row.id()::matches))
                .toList();
    Figures figures = measure(rows, ROUNDS);
    finish(figures, wanted.isEmpty() ? new Documents(Path.of(args[0])) : null);
  }

  static Figures measure(List<Row> rows, int rounds) throws RunnerException {
    Figures figures = new Figures(System.getProperty("java.version"));
    for (int round = 0; round < rounds; round++) {
      Rounds.measuring().run(round, rows, figures);
    }
    return figures;
  }

  static void finish(Figures figures, @Nullable Documents documents) throws IOException {
    System.out.println(Page.bars(List.of(figures)));
    if (documents != null) {
      documents.update(figures);
    }
  }
}
