package dev.cks.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The matrix for people. */
final class MatrixPage {
  private static final String HEAD =
      """
      # What comes of faults on the HSM side

      Generated from `fault-matrix.tsv`, which a test plays row by row; it fails when this page is stale.

      A call of KMS does one or more works on the HSM side. *Before*: no HSM has done the work, and the struck one never
      gets the request. *During*: another HSM has done it. *After*: the struck HSM does it, and its answer is lost. The key
      store has three HSMs in three zones; one of them is struck, or every one. *Afterwards* is read while the fault lasts,
      *left behind* when it is over (HSMs that went down start, zones come back, late work is done). *Repair* is what an
      operator does then; after it every key works, old ciphertexts are decrypted, each key is on each HSM, and
      nothing else is.

      A latency of up to five seconds is borne and changes nothing; `SLOW` here is thirty seconds. `AN HSM RETURNS` is an
      HSM that starts while the key store is connected.
      """;

  private static final String TABLE =
      """
      | work | moment | fault | where | answer | afterwards | left behind | repair |
      |---|---|---|---|---|---|---|---|
      """;

  private MatrixPage() {}

  static String of(Map<MatrixCell, List<String>> rows) {
    List<String> page = new ArrayList<>(List.of(HEAD));
    for (KmsCall call : KmsCall.values()) {
      page.add("## " + call + "\n");
      if (call.works().isEmpty()) {
        page.add("No HSM takes part: KMS asks the CloudHSM service what the cluster is like.\n");
      } else {
        page.add(possible(call, rows));
        page.add(impossible(call, rows));
      }
    }
    return String.join("\n", page);
  }

  private static String possible(KmsCall call, Map<MatrixCell, List<String>> rows) {
    StringBuilder table = new StringBuilder(TABLE);
    rows.forEach(
        (cell, columns) -> {
          if (cell.call() == call && cell.whyImpossible().isEmpty()) {
            List<String> all = new ArrayList<>(cell.columns().subList(1, 5));
            all.addAll(columns);
            table.append("| ").append(String.join(" | ", all)).append(" |\n");
          }
        });
    return table.toString();
  }

  /** What cannot occur, by its reason. */
  private static String impossible(KmsCall call, Map<MatrixCell, List<String>> rows) {
    Map<String, List<MatrixCell>> byReason = new LinkedHashMap<>();
    for (MatrixCell cell : rows.keySet()) {
      if (cell.call() == call) {
        cell.whyImpossible()
            .ifPresent(why -> byReason.computeIfAbsent(why, key -> new ArrayList<>()).add(cell));
      }
    }
    StringBuilder list = new StringBuilder("Cannot occur:\n\n");
    byReason.forEach(
        (why, cells) -> list.append("- ").append(why).append(": ").append(names(cells)));
    return list.toString();
  }

  private static String names(List<MatrixCell> cells) {
    return cells.stream()
            .map(cell -> cell.fault().toString())
            .distinct()
            .collect(Collectors.joining(", "))
        + "\n";
  }
}
