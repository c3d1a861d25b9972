package dev.cks.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a call must cost at most, beside something else in the same run.
 *
 * @param work what is measured
 * @param against what it is measured against
 * @param unit of the figure: {@code ×}, {@code ns} or {@code B}
 * @param bar the most that is accepted
 * @param aim what is wished for; NaN if nothing beyond the bar
 * @param rows the rows of one round that the figure is made of
 * @param formula makes it
 */
record Bar(
    String work,
    String against,
    String unit,
    double bar,
    double aim,
    List<String> rows,
    ToDoubleFunction<Map<String, Figures.Figure>> formula) {

  private static final String RAW = "raw";
  private static final String TIMES = "×";

  /** The median on one JDK; NaN if it was not measured there. */
  double of(Figures figures) {
    return figures.median(rows, formula);
  }

  boolean isMetBy(double figure) {
    return figure <= bar || Double.isNaN(bar);
  }

  boolean isRatio() {
    return unit.equals(TIMES);
  }

  /** A figure with its unit. */
  String tell(double figure) {
    if (Double.isNaN(figure)) {
      return "–";
    }
    return isRatio()
        ? String.format(Locale.ROOT, "%.2f", figure)
        : String.format(Locale.ROOT, "%.0f %s", figure, unit);
  }

  private static Bar ratio(
      String work, String against, double bar, double aim, String row, String base) {
    return new Bar(
        work, against, TIMES, bar, aim, List.of(row, base), run -> cpu(run, row) / cpu(run, base));
  }

  private static Bar nanosBeyond(
      String work, String against, double bar, double aim, String row, String base) {
    return new Bar(
        work, against, "ns", bar, aim, List.of(row, base), run -> cpu(run, row) - cpu(run, base));
  }

  private static Bar bytesBeyond(
      String work, String against, double bar, double aim, String row, String base) {
    return new Bar(
        work,
        against,
        "B",
        bar,
        aim,
        List.of(row, base),
        run -> figure(run, row).bytes() - figure(run, base).bytes());
  }

  /** CPU on two threads over CPU on one, beside what the bare cipher's two threads do. */
  private static Bar scaling() {
    String two = ".2threads";
    String core = "core.encrypt.32";
    String raw = "raw.encrypt.32";
    return new Bar(
        "Encrypt 32 B on two threads over one",
        "the same of raw",
        TIMES,
        1.10,
        1.0,
        List.of(core, core + two, raw, raw + two),
        run -> cpu(run, core + two) / cpu(run, core) / (cpu(run, raw + two) / cpu(run, raw)));
  }

  /** What a random key costs beyond a re-keyed cipher and its own look-up. */
  private static Bar fullStore() {
    String core = "million.encrypt";
    String raw = "million.raw";
    String resolve = "million.resolve";
    return new Bar(
        "a million keys: Encrypt 32 B",
        "raw, re-keyed, and the look-up",
        TIMES,
        1.15,
        Double.NaN,
        List.of(core, raw, resolve),
        run -> cpu(run, core) / (cpu(run, raw) + cpu(run, resolve)));
  }

  private static Bar absolute(String work, String unit, double bar, double aim, String row) {
    return new Bar(
        work,
        "",
        unit,
        bar,
        aim,
        List.of(row),
        run -> unit.equals("B") ? figure(run, row).bytes() : cpu(run, row));
  }

  private static Figures.Figure figure(Map<String, Figures.Figure> run, String row) {
    return Objects.requireNonNull(run.get(row), row);
  }

  private static double cpu(Map<String, Figures.Figure> run, String row) {
    return figure(run, row).cpu();
  }

  /** All of them. */
  static List<Bar> all() {
    return Stream.of(
            oneKey(), severalKeysAndThreads(), allocationClientAndPrefixes(), aMillionKeys())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Bar> oneKey() {
    return List.of(
        ratio("Encrypt 32 B", RAW, 1.40, 1.20, "core.encrypt.32", "raw.encrypt.32"),
        ratio("Encrypt 32 B", "Tink keyset", 1.0, 0.9, "core.encrypt.32", "tink.encrypt.32"),
        ratio("Decrypt 32 B", RAW, 1.30, 1.15, "core.decrypt.32", "raw.decrypt.32"),
        ratio("Encrypt 1 KiB", RAW, 1.15, 1.08, "core.encrypt.1024", "raw.encrypt.1024"),
        ratio("Decrypt 1 KiB", RAW, 1.15, 1.08, "core.decrypt.1024", "raw.decrypt.1024"),
        ratio("Encrypt 4 KiB", RAW, 1.08, 1.04, "core.encrypt.4096", "raw.encrypt.4096"),
        ratio("Decrypt 4 KiB", RAW, 1.08, 1.04, "core.decrypt.4096", "raw.decrypt.4096"),
        ratio(
            "Encrypt 4 KiB into the caller's buffer",
            "raw into a buffer",
            1.12,
            1.07,
            "core.encryptInto.4096",
            "raw.encryptInto.4096"),
        ratio(
            "GenerateDataKey 32 B",
            "raw and a batched generator",
            1.25,
            1.15,
            "core.dataKey",
            "raw.dataKey"),
        nanosBeyond(
            "Encrypt 32 B, recorded",
            "not recorded",
            100,
            Double.NaN,
            "core.encrypt.32.audited",
            "core.encrypt.32"),
        bytesBeyond(
            "Encrypt 32 B, recorded",
            "not recorded",
            150,
            Double.NaN,
            "core.encrypt.32.audited",
            "core.encrypt.32"));
  }

  private static List<Bar> severalKeysAndThreads() {
    return List.of(
        ratio("64 keys in turn", "one key", 1.05, 1.0, "core.encrypt.32.64keys", "core.encrypt.32"),
        ratio(
            "64 ciphers in turn, raw",
            "one cipher",
            Double.NaN,
            Double.NaN,
            "raw.encrypt.32.64keys",
            "raw.encrypt.32"),
        scaling(),
        ratio(
            "Encrypt 32 B on two threads",
            "Tink keyset on two threads",
            0.5,
            Double.NaN,
            "core.encrypt.32.2threads",
            "tink.encrypt.32.2threads"));
  }

  private static List<Bar> allocationClientAndPrefixes() {
    return List.of(
        bytesBeyond("Encrypt 32 B, allocated", RAW, 120, 60, "core.encrypt.32", "raw.encrypt.32"),
        nanosBeyond(
            "Encrypt 32 B through CksKmsClient",
            "core",
            150,
            60,
            "client.encrypt.32",
            "core.encrypt.32"),
        nanosBeyond(
            "Decrypt 32 B through CksKmsClient",
            "core",
            150,
            60,
            "client.decrypt.32",
            "core.decrypt.32"),
        ratio(
            "Decrypt 32 B, 10 000 prefixes",
            "Tink XAES, a key per message",
            1.0,
            Double.NaN,
            "core.decrypt.32.prefixes",
            "tink.xaesDecrypt.32"),
        ratio(
            "the same",
            "raw XAES, a key per message",
            Double.NaN,
            1.0,
            "core.decrypt.32.prefixes",
            "raw.xaesDecrypt.32"));
  }

  private static List<Bar> aMillionKeys() {
    return List.of(
        ratio(
            "a million keys: resolve and admit",
            "the map's own look-up",
            1.10,
            Double.NaN,
            "million.resolve",
            "million.map"),
        ratio(
            "the same",
            "a map of ARNs",
            Double.NaN,
            Double.NaN,
            "million.resolve",
            "million.mapOfArns"),
        fullStore(),
        absolute("a million keys: heap of each", "B", 700, 500, "million.heap"),
        absolute(
            "a million keys: heap of each, used once", "B", Double.NaN, Double.NaN, "million.used"),
        absolute("a million keys: heap that more calls add", "B", 1, 0, "million.growth"),
        absolute(
            "a million keys: disconnect and connect, with rotation",
            "ns",
            100_000,
            20_000,
            "million.reconnect"));
  }
}
