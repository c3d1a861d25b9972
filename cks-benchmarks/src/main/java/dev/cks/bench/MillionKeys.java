package dev.cks.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * What many keys cost: the heap that each takes, and calls on them in random order. All in one JVM,
 * since making a million keys takes longer than measuring.
 */
public final class MillionKeys {
  private static final int ROUNDS = 3;
  private static final int KEYS = Integer.getInteger("bench.keys", 1_000_000);

  private MillionKeys() {}

  /** Measures; the argument is the directory to write to. Wants {@code -Xmx4g}. */
  public static void main(String[] args) throws RunnerException, IOException {
    Figures figures = measure(KEYS, Rounds.inThisJvm(), Rounds.ofSlowCalls());
    HotPathReport.finish(figures, new Documents(Path.of(args[0])));
  }

  static List<Row> rows() {
    return List.of(
        Row.of("million.map", MillionKeysBenchmark.class, "mapLookUp"),
        Row.of("million.mapOfArns", MillionKeysBenchmark.class, "mapOfArnsLookUp"),
        Row.of("million.resolve", MillionKeysBenchmark.class, "resolveAndAdmit"),
        Row.of("million.raw", MillionKeysBenchmark.class, "rawEncrypt"),
        Row.of("million.encrypt", MillionKeysBenchmark.class, "encrypt"));
  }

  static List<Row> rare() {
    return List.of(
        Row.of("million.reconnect", MillionKeysBenchmark.class, "reconnect"),
        Row.of("million.createKey", MillionKeysBenchmark.class, "createKey"));
  }

  /** Wants {@code -Xmx4g} for a million. */
  static Figures measure(int keys, Rounds common, Rounds seldom) throws RunnerException {
    Figures figures = new Figures(System.getProperty("java.version"));
    try (FullStore store = FullStore.make(keys)) {
      figures.add(new Figures.Figure("million.heap", 0, 0, 0, store.heapOfEach()));
      // twice round without measuring: the first use of a key is dearer
      encryptWithEach(store);
      figures.add(new Figures.Figure("million.used", 0, 0, 0, store.heapPerKey()));
      long before = FullStore.usedHeap();
      encryptWithEach(store);
      double growth = (double) (FullStore.usedHeap() - before) / keys;
      figures.add(new Figures.Figure("million.growth", 0, 0, 0, growth));
      for (int round = 0; round < ROUNDS; round++) {
        common.run(round, rows(), figures);
        seldom.run(round, rare(), figures);
      }
    }
    return figures;
  }

  private static void encryptWithEach(FullStore store) {
    MillionKeysBenchmark calls = new MillionKeysBenchmark();
    for (String arn : store.arns()) {
      calls.encrypt(arn);
    }
  }
}
