package dev.cks.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of a run: a benchmark with its parameters.
 *
 * @param id what the line is called in data files and tables of bars
 * @param benchmark class and method
 * @param threads how many threads call at once
 * @param params the parameters that are not the benchmark's own
 */
record Row(String id, String benchmark, int threads, Map<String, String> params) {

  static Row of(String id, Class<?> benchmark, String method) {
    return new Row(id, benchmark.getName() + "." + method, 1, Map.of());
  }

  Row with(String param, int value) {
    return with(param, Integer.toString(value));
  }

  Row with(String param, String value) {
    Map<String, String> more = new TreeMap<>(params);
    more.put(param, value);
    return new Row(id, benchmark, threads, Map.copyOf(more));
  }

  Row onThreads(int count) {
    return new Row(id, benchmark, count, params);
  }

  /** What the bars are about: the short run. */
  static List<Row> ofBars() {
    return List.of(
        of("raw.encrypt.32", RawBenchmark.class, "encrypt"),
        of("core.encrypt.32", CoreBenchmark.class, "encrypt"),
        of("tink.encrypt.32", TinkBenchmark.class, "encrypt"),
        of("core.encrypt.32.64keys", CoreBenchmark.class, "encrypt").with("keys", 64),
        of("raw.encrypt.32.64keys", RawBenchmark.class, "encryptInTurn").with("keys", 64),
        of("core.encrypt.32.audited", CoreBenchmark.class, "encrypt").with("audited", "true"),
        of("client.encrypt.32", CoreBenchmark.class, "clientEncrypt"),
        of("raw.decrypt.32", RawBenchmark.class, "decrypt"),
        of("core.decrypt.32", CoreBenchmark.class, "decrypt"),
        of("client.decrypt.32", CoreBenchmark.class, "clientDecrypt"),
        of("raw.dataKey", RawBenchmark.class, "dataKey"),
        of("core.dataKey", CoreBenchmark.class, "dataKey"),
        of("raw.encrypt.1024", RawBenchmark.class, "encrypt").with("size", 1024),
        of("core.encrypt.1024", CoreBenchmark.class, "encrypt").with("size", 1024),
        of("raw.decrypt.1024", RawBenchmark.class, "decrypt").with("size", 1024),
        of("core.decrypt.1024", CoreBenchmark.class, "decrypt").with("size", 1024),
        of("raw.encrypt.4096", RawBenchmark.class, "encrypt").with("size", 4096),
        of("core.encrypt.4096", CoreBenchmark.class, "encrypt").with("size", 4096),
        of("raw.decrypt.4096", RawBenchmark.class, "decrypt").with("size", 4096),
        of("core.decrypt.4096", CoreBenchmark.class, "decrypt").with("size", 4096),
        of("raw.encryptInto.4096", RawBenchmark.class, "encryptInto").with("size", 4096),
        of("core.encryptInto.4096", CoreBenchmark.class, "encryptInto").with("size", 4096),
        of("raw.encrypt.32.2threads", RawBenchmark.class, "encrypt").onThreads(2),
        of("core.encrypt.32.2threads", CoreBenchmark.class, "encrypt").onThreads(2),
        of("tink.encrypt.32.2threads", TinkBenchmark.class, "encrypt").onThreads(2),
        of("tink.xaesDecrypt.32", TinkBenchmark.class, "xaesDecrypt"),
        of("raw.xaesDecrypt.32", RawBenchmark.class, "xaesDecrypt"),
        of("core.decrypt.32.prefixes", CoreBenchmark.class, "decrypt").with("prefixes", 10_000));
  }

  /** All sizes, contexts and threads: the long run. */
  static List<Row> all() {
    List<Row> rows = new ArrayList<>(ofBars());
    rows.add(of("raw.encryptAsUsual.32", RawBenchmark.class, "encryptAsUsual"));
    rows.add(of("tink.decrypt.32", TinkBenchmark.class, "decrypt"));
    rows.add(of("tink.xaesEncrypt.32", TinkBenchmark.class, "xaesEncrypt"));
    rows.add(of("core.reEncrypt.32", CoreBenchmark.class, "reEncrypt"));
    rows.add(of("sdk.encrypt.32", CoreBenchmark.class, "sdkEncrypt"));
    rows.add(of("esdk.encrypt.32", EncryptionSdkBenchmark.class, "encrypt"));
    rows.add(of("esdk.encrypt.32.cks", EncryptionSdkBenchmark.class, "encryptWithCks"));
    rows.add(of("core.dataKey.2threads", CoreBenchmark.class, "dataKey").onThreads(2));
    rows.add(of("core.decrypt.32.2threads", CoreBenchmark.class, "decrypt").onThreads(2));
    rows.add(of("core.decrypt.32.64keys", CoreBenchmark.class, "decrypt").with("keys", 64));
    for (int size : new int[] {256, 1024, 4096}) {
      if (size == 256) {
        rows.add(of("raw.encrypt.256", RawBenchmark.class, "encrypt").with("size", size));
        rows.add(of("core.encrypt.256", CoreBenchmark.class, "encrypt").with("size", size));
        rows.add(of("raw.decrypt.256", RawBenchmark.class, "decrypt").with("size", size));
        rows.add(of("core.decrypt.256", CoreBenchmark.class, "decrypt").with("size", size));
      }
      rows.add(of("tink.encrypt." + size, TinkBenchmark.class, "encrypt").with("size", size));
      rows.add(
          of("client.encrypt." + size, CoreBenchmark.class, "clientEncrypt").with("size", size));
    }
    for (int pairs : new int[] {0, 3, 8}) {
      String suffix = ".32." + pairs + "pairs";
      rows.add(of("raw.encrypt" + suffix, RawBenchmark.class, "encrypt").with("pairs", pairs));
      rows.add(of("core.encrypt" + suffix, CoreBenchmark.class, "encrypt").with("pairs", pairs));
      rows.add(of("core.decrypt" + suffix, CoreBenchmark.class, "decrypt").with("pairs", pairs));
    }
    return List.copyOf(rows);
  }
}
